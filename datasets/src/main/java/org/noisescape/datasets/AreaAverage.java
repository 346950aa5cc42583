package org.noisescape.datasets;

/**
 * Shrinks one axis by averaging over areas: a box filter with exact overlaps.
 *
 * <p>Pixels are constant on unit intervals; output i is the mean of the input over [i·n/m,
 * (i+1)·n/m) for n inputs and m ≤ n outputs. In units of 1/m all bounds are whole numbers, so an
 * input pixel counts with an overlap that is a whole number over n, and the weights of an output
 * add up to 1. Where m divides n this is the mean of n/m pixels. Means are preserved; m = n changes
 * nothing.
 *
 * @param inputs n
 * @param outputs m
 */
record AreaAverage(int inputs, int outputs) {
  AreaAverage {
    if (outputs < 1 || outputs > inputs) {
      throw new IllegalArgumentException(
          "an average over areas makes 1 to "
              + inputs
              + " pixels of "
              + inputs
              + ", got "
              + outputs);
    }
  }

  /**
   * Averages lines of a plane.
   *
   * @param from input, element j of line l at {@code l * lineFrom + j * step}
   * @param to output, element i of line l at {@code l * lineTo + i * step}
   * @param lines number of lines
   * @param step distance of neighbours on a line
   */
  void apply(double[] from, int lineFrom, double[] to, int lineTo, int lines, int step) {
    for (int i = 0; i < outputs; i++) {
      int begin = i * inputs;
      int end = begin + inputs;
      for (int line = 0; line < lines; line++) {
        double sum = 0;
        for (int j = begin / outputs; j * outputs < end; j++) {
          int overlap = Math.min((j + 1) * outputs, end) - Math.max(j * outputs, begin);
          sum += overlap * from[line * lineFrom + j * step];
        }
        to[line * lineTo + i * step] = sum / inputs;
      }
    }
  }
}
