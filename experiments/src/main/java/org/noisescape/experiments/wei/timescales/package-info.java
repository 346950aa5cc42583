/** {@code wei/timescales}: the top eigenspace relaxes before the full space. */
package org.noisescape.experiments.wei.timescales;
