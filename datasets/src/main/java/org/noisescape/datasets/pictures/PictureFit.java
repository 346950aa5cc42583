package org.noisescape.datasets.pictures;

/**
 * Brings pictures of any extents to one.
 *
 * <p>Cropped: the picture is resized, its sides in proportion, until it just covers the wanted
 * extents, of which the middle is taken; of a square that is torchvision's {@code Resize(S)},
 * {@code CenterCrop(S)}. Else both sides are resized, as {@code Resize((height, width))}.
 *
 * @param height wanted
 * @param width wanted
 * @param crop whether proportions stay
 * @param filter of the resizing
 */
public record PictureFit(int height, int width, boolean crop, PictureFilter filter) {
  /** Checks the extents. */
  public PictureFit {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("extents must be >= 1, got " + height + " x " + width);
    }
  }

  /**
   * The picture in the wanted extents.
   *
   * @throws PictureException where it is so narrow that covering them takes too many pixels
   */
  public Picture apply(Picture picture) throws PictureException {
    if (!crop) {
      return filter.resize(picture, width, height);
    }
    boolean wide = (long) picture.width() * height > (long) picture.height() * width;
    // as torchvision, which cuts off the fraction of the longer side
    long newHeight = wide ? height : (long) picture.height() * width / picture.width();
    long newWidth = wide ? (long) picture.width() * height / picture.height() : width;
    if (newHeight * newWidth > PictureFile.MOST_PIXELS) {
      throw new PictureException(
          "is too narrow to be cropped, %d x %d pixels"
              .formatted(picture.height(), picture.width()));
    }
    Picture covering = filter.resize(picture, (int) newWidth, (int) newHeight);
    return covering.crop(
        middle(covering.height() - height), middle(covering.width() - width), height, width);
  }

  /** Half of what is too much; of a half pixel the even one, as torchvision. */
  private static int middle(int more) {
    return (int) Math.rint(more / 2.0);
  }
}
