/** {@code liu/depth-learning-rate}: test error against learning rate at several depths. */
package org.noisescape.experiments.liu.depth;
