/**
 * {@code mori/decoupling}: losses and output gradients of the samples decouple.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.decoupling;
