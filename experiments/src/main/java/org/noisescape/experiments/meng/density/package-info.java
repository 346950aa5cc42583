/** {@code meng/density}: which power law the density of state-dependent noise is. */
package org.noisescape.experiments.meng.density;
