/**
 * {@code mori/saddle-escape} and {@code mori/saddle-escape-unequal}: escapes over a saddle with
 * several coordinates.
 *
 * @since 0.1
 */
package org.noisescape.experiments.mori.saddle;
