/**
 * Files: the one way in and the one way out.
 *
 * <p>{@link org.noisescape.files.InputFile} reads what others may have written: regular files only,
 * bounded, in strict UTF-8. {@link org.noisescape.files.JsonFile} and {@link
 * org.noisescape.files.Fields} do the same for JSON and what is in it, {@link
 * org.noisescape.files.NpyHeader} for NumPy's arrays. {@link org.noisescape.files.WholeFile}
 * writes. What is wrong with a file that is read is a {@link org.noisescape.files.WrongFile}, what
 * keeps a file from being written a {@link org.noisescape.files.WriteFailure}; both are one line
 * that begins with, or names, the file.
 *
 * <p>Imports nothing of this project.
 *
 * @since 0.1
 */
package org.noisescape.files;
