/**
 * {@code wei/minimal-valley}: the connected valley of minima along which SGD moves.
 *
 * @since 0.1
 */
package org.noisescape.experiments.wei.valley;
