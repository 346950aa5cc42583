package org.noisescape.tensor;

/**
 * How a view of a picture is taken: a window of the picture's own size on the picture with a border
 * around it, mirrored or not, with a square hole in it.
 *
 * <p>A view is five whole numbers (dy, dx, m, v, u), each from 0 to one less than its entry of
 * {@link #bound}. Pixel (y, x) of it is pixel (y + dy − p, x′ + dx − p) of the picture, x′ = x, or
 * W − 1 − x where m = 1, and the border where there is none such; 0 in rows v − ⌊s/2⌋, …, v − ⌊s/2⌋
 * + s − 1 and the columns likewise from u, as far as they lie in the view. Rows of a data set hold
 * planes of channels-last pixels: one plane of C channels, or C planes of one.
 *
 * @param planes pictures of their own in a row
 * @param height H
 * @param width W
 * @param channels numbers a pixel
 * @param padding p ≥ 0, width of the border
 * @param mirrored whether views may be mirrored
 * @param hole s ≥ 0, side of the square; 0 for none
 */
public record ViewGeometry(
    int planes, int height, int width, int channels, int padding, boolean mirrored, int hole) {
  /** Numbers of a view. */
  public static final int NUMBERS = 5;

  /** Checks the sizes. */
  public ViewGeometry {
    if (planes < 1 || height < 1 || width < 1 || channels < 1 || padding < 0 || hole < 0) {
      throw new IllegalArgumentException(
          "views need planes, height, width and channels >= 1, padding and hole >= 0, got %d, %d, %d, %d, %d and %d"
              .formatted(planes, height, width, channels, padding, hole));
    }
    Sizes.product(
        "numbers of a picture", "choose smaller pictures", planes, height, width, channels);
  }

  /** Pictures as they are. */
  public static ViewGeometry plain(int planes, int height, int width, int channels) {
    return new ViewGeometry(planes, height, width, channels, 0, false, 0);
  }

  /** The same with a border. */
  public ViewGeometry withPadding(int border) {
    return new ViewGeometry(planes, height, width, channels, border, mirrored, hole);
  }

  /** The same, mirrored or not. */
  public ViewGeometry withMirror() {
    return new ViewGeometry(planes, height, width, channels, padding, true, hole);
  }

  /** The same with a hole. */
  public ViewGeometry withHole(int side) {
    return new ViewGeometry(planes, height, width, channels, padding, mirrored, side);
  }

  /** Numbers of a row: planes × H × W × channels. */
  public int size() {
    return planes * height * width * channels;
  }

  /** Entries of a border: one a channel, planes × channels. */
  public int borderSize() {
    return planes * channels;
  }

  /** How many values each number of a view takes; 1 where it is always 0. */
  public int bound(int number) {
    return switch (number) {
      case 0, 1 -> 2 * padding + 1;
      case 2 -> mirrored ? 2 : 1;
      case 3 -> hole > 0 ? height : 1;
      case 4 -> hole > 0 ? width : 1;
      default -> throw new IndexOutOfBoundsException(number);
    };
  }
}
