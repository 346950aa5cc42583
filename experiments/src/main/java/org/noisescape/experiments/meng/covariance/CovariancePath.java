package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.objective.GradientNoise;

/**
 * The noise along θ* ± i·scale of one layer, the others fixed. Source: Meng et al. (2020), section
 * 5.1.
 *
 * @param layer name
 * @param seed replica
 * @param factor by which the scale of the text is multiplied
 * @param points in order, the minimum in the middle
 */
record CovariancePath(String layer, int seed, double factor, List<CovariancePoint> points) {
  /** Copies the list. */
  CovariancePath {
    points = List.copyOf(points);
  }

  /**
   * Measures a path.
   *
   * @param field where
   * @param theta θ*
   * @param layer which parameters move
   * @param scale distance of neighbouring points, a parameter
   * @param count points on each side
   */
  static CovariancePath measure(
      NoiseField field,
      double[] theta,
      LayerSlice layer,
      int seed,
      double scale,
      double factor,
      int count) {
    List<CovariancePoint> points = new ArrayList<>();
    for (int i = -count; i <= count; i++) {
      double shift = i * scale * factor;
      GradientNoise noise = field.at(layer.shifted(theta, shift));
      points.add(
          new CovariancePoint(
              i,
              shift,
              shift * Math.sqrt(layer.size()),
              noise.value().loss(),
              noise.noiseStrength(),
              noise.gradientNormSquared()));
    }
    return new CovariancePath(layer.name(), seed, factor, points);
  }

  /** The minimum. */
  CovariancePoint centre() {
    return points.get(points.size() / 2);
  }

  /** Its half width, a parameter. */
  double half() {
    return points.getLast().shift();
  }

  /** Shifts. */
  double[] shifts() {
    return points.stream().mapToDouble(CovariancePoint::shift).toArray();
  }

  /** tr S over its value at the minimum. */
  double[] relativeNoise() {
    double centre = centre().noiseStrength();
    return points.stream().mapToDouble(p -> p.noiseStrength() / centre).toArray();
  }
}
