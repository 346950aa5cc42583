/**
 * Ensembles: R replicas of one stochastic dynamics, with first passages detected on the way.
 *
 * <p>A {@link org.noisescape.dynamics.ReplicaProgram} advances replicas. {@link
 * org.noisescape.dynamics.NetworkPlan} makes one of SGD on a network and a data set, {@link
 * org.noisescape.dynamics.RegressionPlan} one of SGD on linear regression, both in an engine and by
 * its fused kernels where it has them, {@link org.noisescape.dynamics.LandscapePlan} one on a
 * landscape given as a formula, in float64. {@link org.noisescape.dynamics.ReplicaEnsemble} drives
 * any of them: blocks of steps, a rising learning rate, progress, snapshots, checkpoints, stopping.
 * A replica that has passed its last threshold is at rest from then on. Replica r of an ensemble
 * draws the random numbers of (seed, purpose, first + r, step), so that its trajectory does not
 * depend on the others, on threads or on interruptions.
 *
 * <p>Landscapes and their noise are in {@code landscape}, what is computed from times and series in
 * {@code statistics}.
 *
 * @since 0.1
 */
package org.noisescape.dynamics;
