/** {@code liu/kramers}: escape over a barrier at large learning rates. */
package org.noisescape.experiments.liu.kramers;
