/**
 * {@code meng/escape-time}: how escape times grow with the barrier.
 *
 * @since 0.1
 */
package org.noisescape.experiments.meng.escapetime;
