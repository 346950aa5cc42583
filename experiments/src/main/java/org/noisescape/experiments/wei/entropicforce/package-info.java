/**
 * {@code wei/entropic-force}: the balance of noise and slope on a valley's floor.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.entropicforce;
