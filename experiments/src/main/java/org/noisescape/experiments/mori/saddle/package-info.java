/**
 * {@code mori/saddle-escape} and {@code mori/saddle-escape-unequal}: escapes over a saddle with
 * several coordinates.
 */
package org.noisescape.experiments.mori.saddle;
