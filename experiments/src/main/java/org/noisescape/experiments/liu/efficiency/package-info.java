/**
 * {@code liu/escape-efficiency}: how fast SGD leaves a sharp minimum.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.efficiency;
