/**
 * Data made by code: the procedural digits.
 *
 * <p>Every sample is a pure function of (seed, split, index). Arithmetic is limited to operations
 * that give the same bits on every platform (IEEE basic operations, square root, StrictMath).
 *
 * @since 0.1
 */
package org.noisescape.datasets.synthetic;
