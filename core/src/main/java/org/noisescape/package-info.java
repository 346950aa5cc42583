/**
 * The way in for programs: {@link org.noisescape.Training} trains and measures in one expression,
 * {@link org.noisescape.Trained} is what came out. Everything below may be used by itself.
 *
 * @since 0.2
 */
package org.noisescape;
