/** {@code meng/pl-sgd}: state-dependent noise beside SGD with large batches. */
package org.noisescape.experiments.meng.plsgd;
