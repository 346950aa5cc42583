/** {@code meng/escape-time}: how escape times grow with the barrier. */
package org.noisescape.experiments.meng.escapetime;
