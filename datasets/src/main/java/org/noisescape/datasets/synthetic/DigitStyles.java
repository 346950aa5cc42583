package org.noisescape.datasets.synthetic;

import java.util.List;

/**
 * How the ten digits are written: each in a few styles, each style a few strokes.
 *
 * <p>Coordinates: x to the right and y down, the digit within [0, 1]². A stroke is a polyline, or a
 * smooth curve (uniform Catmull–Rom spline) through its points.
 */
final class DigitStyles {
  /**
   * A stroke of the pen.
   *
   * @param smooth whether a curve rather than a polyline joins the points
   * @param points x and y of each point in turn
   */
  @SuppressWarnings("ArrayRecordComponent") // constants of this file, never compared
  record Stroke(boolean smooth, double[] points) {
    int size() {
      return points.length / 2;
    }

    double x(int point) {
      return points[2 * point];
    }

    double y(int point) {
      return points[2 * point + 1];
    }
  }

  private static final Stroke LOWER_BOWL =
      curve(.46, .44, .68, .49, .77, .68, .63, .86, .40, .90, .22, .80);
  private static final Stroke FIVE_BOWL =
      curve(.30, .46, .50, .39, .71, .48, .76, .68, .61, .87, .40, .90, .22, .81);

  private static final List<List<List<Stroke>>> STYLES =
      List.of(
          List.of( // 0
              List.of(
                  curve(
                      .50, .10, .29, .21, .20, .50, .29, .79, .50, .90, .71, .79, .80, .50, .71,
                      .21, .50, .10)),
              List.of(
                  curve(
                      .60, .14, .40, .14, .27, .46, .34, .82, .53, .89, .70, .62, .69, .30, .52,
                      .12, .42, .16))),
          List.of( // 1
              List.of(line(.50, .10, .50, .90)),
              List.of(line(.34, .28, .52, .10, .52, .90)),
              List.of(line(.34, .26, .52, .10, .52, .90), line(.32, .90, .72, .90))),
          List.of( // 2
              List.of(
                  curve(.24, .30, .34, .14, .54, .09, .72, .20, .72, .38, .54, .62, .25, .88),
                  line(.25, .88, .78, .88)),
              List.of(
                  curve(
                      .24, .26, .44, .10, .69, .20, .66, .44, .44, .74, .28, .86, .22, .77, .36,
                      .73, .58, .86, .80, .84))),
          List.of( // 3
              List.of(curve(.25, .19, .47, .09, .69, .20, .66, .37, .46, .44), LOWER_BOWL),
              List.of(line(.25, .12, .74, .12, .46, .44), LOWER_BOWL)),
          List.of( // 4
              List.of(line(.32, .12, .23, .56, .80, .56), line(.65, .26, .62, .90)),
              List.of(line(.60, .10, .20, .64, .82, .64), line(.60, .10, .60, .90)),
              List.of(
                  curve(.30, .14, .24, .36, .30, .52, .50, .54, .68, .48),
                  line(.70, .14, .66, .90))),
          List.of( // 5
              List.of(line(.74, .12, .33, .12, .30, .46), FIVE_BOWL),
              List.of(curve(.78, .12, .58, .15, .36, .12), line(.36, .12, .30, .46), FIVE_BOWL)),
          List.of( // 6
              List.of(
                  curve(
                      .67, .10, .42, .25, .27, .52, .27, .75, .43, .90, .64, .86, .73, .69, .59,
                      .54, .40, .58, .27, .73)),
              List.of(
                  curve(
                      .46, .10, .33, .40, .28, .68, .40, .88, .60, .88, .70, .72, .60, .58, .43,
                      .60, .30, .72))),
          List.of( // 7
              List.of(line(.22, .13, .76, .13, .42, .90)),
              List.of(line(.22, .13, .76, .13, .42, .90), line(.36, .50, .72, .50)),
              List.of(line(.24, .25, .25, .13, .76, .13), curve(.76, .13, .56, .46, .46, .90))),
          List.of( // 8
              List.of(
                  curve(
                      .50, .47, .31, .36, .31, .18, .50, .10, .69, .18, .69, .36, .50, .47, .27,
                      .61, .25, .80, .50, .90, .75, .80, .73, .61, .50, .47)),
              List.of(
                  curve(
                      .70, .20, .50, .10, .31, .20, .37, .38, .62, .57, .71, .76, .52, .90, .30,
                      .78, .38, .58, .64, .40, .70, .20))),
          List.of( // 9
              List.of(
                  curve(.71, .28, .57, .12, .36, .15, .27, .34, .38, .50, .57, .47, .71, .28),
                  line(.71, .28, .66, .90)),
              List.of(
                  curve(.70, .26, .54, .11, .34, .17, .28, .36, .42, .50, .60, .44, .70, .26),
                  curve(.70, .26, .72, .55, .61, .81, .34, .89))));

  private DigitStyles() {}

  /** Number of styles of a digit. */
  static int count(int digit) {
    return STYLES.get(digit).size();
  }

  /** The strokes of one style of a digit. */
  static List<Stroke> strokes(int digit, int style) {
    return STYLES.get(digit).get(style);
  }

  private static Stroke line(double... points) {
    return new Stroke(false, points);
  }

  private static Stroke curve(double... points) {
    return new Stroke(true, points);
  }
}
