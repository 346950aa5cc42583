/** {@code wei/entropic-force}: the balance of noise and slope on a valley's floor. */
package org.noisescape.experiments.wei.entropicforce;
