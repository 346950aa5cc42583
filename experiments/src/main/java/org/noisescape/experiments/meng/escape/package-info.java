/** {@code meng/escape-2d}: escapes from a minimum of a loss of two parameters. */
package org.noisescape.experiments.meng.escape;
