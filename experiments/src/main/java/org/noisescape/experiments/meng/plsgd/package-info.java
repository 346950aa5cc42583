/**
 * {@code meng/pl-sgd}: state-dependent noise beside SGD with large batches.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng.plsgd;
