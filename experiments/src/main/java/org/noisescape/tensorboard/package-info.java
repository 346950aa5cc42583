/**
 * Measurements as event files that TensorBoard reads.
 *
 * <p>{@link org.noisescape.tensorboard.EventFolder} is the one writer, for runs in progress and for
 * runs that are over. An event file is a function of the measurements and of the time the run
 * began: written twice it is the same, byte for byte.
 *
 * @since 0.1
 */
package org.noisescape.tensorboard;
