/** {@code wei/minimal-valley}: the connected valley of minima along which SGD moves. */
package org.noisescape.experiments.wei.valley;
