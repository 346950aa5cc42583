/**
 * Ensembles: R replicas of one stochastic dynamics, with first passages detected on the way.
 *
 * <p>A {@link org.noisescape.dynamics.ReplicaProgram} advances replicas: {@link
 * org.noisescape.dynamics.NetworkProgram} those of SGD on a network and a data set, in an engine,
 * {@link org.noisescape.dynamics.LandscapeProgram} those on a landscape given as a formula, in
 * float64. {@link org.noisescape.dynamics.ReplicaEnsemble} drives either: blocks of steps,
 * progress, snapshots, checkpoints, stopping. A replica that has passed its last threshold is at
 * rest from then on. Replica r of an ensemble draws the random numbers of (seed, purpose, first +
 * r, step), so that its trajectory does not depend on the others, on threads or on interruptions.
 *
 * <p>Landscapes and their noise are in {@code landscape}, what is computed from times and series in
 * {@code statistics}.
 */
package org.noisescape.dynamics;
