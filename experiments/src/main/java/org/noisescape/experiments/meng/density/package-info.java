/**
 * {@code meng/density}: which power law the density of state-dependent noise is.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng.density;
