/**
 * Picture files: decoded by the JDK, resized as Pillow does, cropped as torchvision does.
 *
 * <p>Knows nothing of data sets. What is wrong with a picture is a {@link
 * org.noisescape.datasets.pictures.PictureException} that says what, not where.
 *
 * @since 0.1
 */
package org.noisescape.datasets.pictures;
