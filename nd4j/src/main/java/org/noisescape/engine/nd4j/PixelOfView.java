package org.noisescape.engine.nd4j;

import org.noisescape.tensor.ViewGeometry;

/** Where the numbers of a view of a picture come from. */
final class PixelOfView {
  /** From around the picture. */
  static final int BORDER = -1;

  /** From nowhere: it is 0. */
  static final int HOLE = -2;

  private PixelOfView() {}

  /**
   * The place in its row of the number that stands at a place of a view.
   *
   * @param views all views, one after the other
   * @param picture which of them
   * @param place in the view
   */
  static int of(ViewGeometry geometry, int[] views, int picture, int place) {
    int first = picture * ViewGeometry.NUMBERS;
    int channel = place % geometry.channels();
    int x = place / geometry.channels() % geometry.width();
    int row = place / (geometry.channels() * geometry.width());
    int y = row % geometry.height();
    if (isWithin(y, views[first + 3], geometry.hole())
        && isWithin(x, views[first + 4], geometry.hole())) {
      return HOLE;
    }
    int seen = views[first + 2] == 0 ? x : geometry.width() - 1 - x;
    int fromY = y + views[first] - geometry.padding();
    int fromX = seen + views[first + 1] - geometry.padding();
    if (fromY < 0 || fromY >= geometry.height() || fromX < 0 || fromX >= geometry.width()) {
      return BORDER;
    }
    return ((row - y + fromY) * geometry.width() + fromX) * geometry.channels() + channel;
  }

  private static boolean isWithin(int at, int centre, int side) {
    int begin = centre - side / 2;
    return at >= begin && at < begin + side;
  }
}
