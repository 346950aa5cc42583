/**
 * {@code meng/escape-2d}: escapes from a minimum of a loss of two parameters.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng.escape;
