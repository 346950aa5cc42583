/**
 * Formulas of the texts on the noise of SGD, as functions of plain numbers.
 *
 * <p>One sub-package a text ({@code mori}, {@code meng}, {@code wei}, {@code liu}) and {@code
 * passage}, the exact one-dimensional first-passage times they are judged by. Nothing here imports
 * anything else of the project. Where a text is wrong or incomplete, its literal formula stands
 * beside the right one and says so in its name; {@code docs/theory.md} lists them all.
 *
 * @since 0.1
 */
package org.noisescape.theory;
