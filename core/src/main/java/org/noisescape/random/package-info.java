/**
 * Randomness as a function: the same seed, purpose, replica and step give the same integers on
 * every engine, thread count and replica grouping.
 *
 * <p>Nothing here holds state. New uses of randomness get a new {@link
 * org.noisescape.random.Purpose}, so that they never change the draws of an existing one.
 *
 * @since 0.1
 */
package org.noisescape.random;
