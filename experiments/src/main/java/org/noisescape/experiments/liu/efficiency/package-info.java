/** {@code liu/escape-efficiency}: how fast SGD leaves a sharp minimum. */
package org.noisescape.experiments.liu.efficiency;
