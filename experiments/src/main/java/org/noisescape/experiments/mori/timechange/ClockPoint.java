package org.noisescape.experiments.mori.timechange;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.theory.mori.ExponentFit;
import org.noisescape.theory.mori.LossTime;

/**
 * What the trajectories of one dynamics are on the clock; errors by the jackknife over replicas.
 *
 * @param dynamics whose
 * @param dimension d
 * @param temperature T = ηh/B
 * @param rate ηh
 * @param inTime φ at equal times t
 * @param onClock φ at equal times τ
 * @param difference the first less the second
 * @param variation Σ(ΔM)²/(2T Σ Δτ)
 * @param slope d log of it/d log L over classes of L
 * @param exactSlope the same of the exact variances of the steps, without an error
 * @param kurtosis excess kurtosis of ΔM/√Δτ
 * @param classes L/L* and variation of every class
 */
record ClockPoint(
    ClockDynamics dynamics,
    int dimension,
    double temperature,
    double rate,
    PointEstimate inTime,
    PointEstimate onClock,
    PointEstimate difference,
    PointEstimate variation,
    PointEstimate slope,
    double exactSlope,
    PointEstimate kurtosis,
    List<LossClass> classes) {
  /** Classes of L with as many windows each. */
  static final int CLASSES = 8;

  /**
   * Windows that begin at about one loss.
   *
   * @param loss L/L*, geometric mean
   * @param variation Σ(ΔM)²/(2T Σ Δτ)
   * @param exact the same of the exact variances of the steps
   */
  record LossClass(double loss, PointEstimate variation, double exact) {}

  /** Evaluates two trajectories or more. */
  static ClockPoint of(
      ClockDynamics dynamics,
      int dimension,
      double temperature,
      double rate,
      List<ClockedPath> paths) {
    ClassSums sums = ClassSums.of(paths, temperature);
    int replicas = paths.size();
    LossClass[] classes = new LossClass[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      int own = c;
      classes[c] =
          new LossClass(
              Math.exp(sums.log(-1, c)),
              PointEstimate.jackknife(replicas, r -> sums.variation(r, own)),
              sums.exact(-1, c));
    }
    return new ClockPoint(
        dynamics,
        dimension,
        temperature,
        rate,
        PointEstimate.jackknife(replicas, r -> inTime(dimension, paths, r)),
        PointEstimate.jackknife(replicas, r -> onClock(dimension, paths, r)),
        PointEstimate.jackknife(
            replicas, r -> inTime(dimension, paths, r) - onClock(dimension, paths, r)),
        PointEstimate.jackknife(
            replicas,
            r ->
                sum(paths, r, p -> Arrays.stream(p.squares()).sum())
                    / (2 * temperature * sum(paths, r, ClockPoint::halfClock))),
        PointEstimate.jackknife(replicas, r -> sums.slope(r)),
        sums.exactSlope(),
        PointEstimate.jackknife(replicas, r -> kurtosis(paths, r)),
        List.of(classes));
  }

  /** 1/T with the correction for steps of finite size. */
  LossTime theory() {
    return new LossTime((1 - rate / 2) / temperature);
  }

  /** ∫L dt is Δτ L* / h, in units of a² half of Δτ. */
  private static double halfClock(ClockedPath path) {
    return Arrays.stream(path.clock()).sum() / 2;
  }

  private static double inTime(int dimension, List<ClockedPath> paths, int without) {
    return exponent(
        dimension,
        sum(paths, without, ClockedPath::logInTime) / sum(paths, without, ClockedPath::steps));
  }

  private static double onClock(int dimension, List<ClockedPath> paths, int without) {
    return exponent(
        dimension,
        sum(paths, without, ClockedPath::logOnClock) / sum(paths, without, ClockedPath::readings));
  }

  private static double exponent(int dimension, double meanLog) {
    return ExponentFit.of(dimension, meanLog, 1).exponent();
  }

  private static double kurtosis(List<ClockedPath> paths, int without) {
    double windows = sum(paths, without, ClockedPath::windows);
    double second = sum(paths, without, p -> moment(p, 1));
    double fourth = sum(paths, without, p -> moment(p, 2));
    return windows * fourth / (second * second) - 3;
  }

  private static double moment(ClockedPath path, int power) {
    double sum = 0;
    for (int i = 0; i < path.windows(); i++) {
      sum += Math.pow(path.squares()[i] / path.clock()[i], power);
    }
    return sum;
  }

  private static double sum(
      List<ClockedPath> paths, int without, ToDoubleFunction<ClockedPath> number) {
    double sum = 0;
    for (int r = 0; r < paths.size(); r++) {
      sum += r == without ? 0 : number.applyAsDouble(paths.get(r));
    }
    return sum;
  }

  /** Sums of the windows of every class of L, for each replica. */
  private record ClassSums(
      double[][] count, double[][] log, double[][] squares, double[][] clock, double[][] exact) {
    static ClassSums of(List<ClockedPath> paths, double temperature) {
      double[] all =
          paths.stream().flatMapToDouble(p -> Arrays.stream(p.start())).sorted().toArray();
      double[] edges = new double[CLASSES - 1];
      Arrays.setAll(edges, c -> all[(int) ((c + 1L) * all.length / CLASSES)]);
      int replicas = paths.size();
      ClassSums sums =
          new ClassSums(
              new double[replicas][CLASSES],
              new double[replicas][CLASSES],
              new double[replicas][CLASSES],
              new double[replicas][CLASSES],
              new double[replicas][CLASSES]);
      for (int r = 0; r < replicas; r++) {
        ClockedPath path = paths.get(r);
        for (int i = 0; i < path.windows(); i++) {
          int found = Arrays.binarySearch(edges, path.start()[i]);
          int c = found >= 0 ? found + 1 : -found - 1;
          sums.count[r][c]++;
          sums.log[r][c] += path.start()[i];
          sums.squares[r][c] += path.squares()[i];
          sums.clock[r][c] += temperature * path.clock()[i];
          sums.exact[r][c] += path.exact()[i];
        }
      }
      return sums;
    }

    double log(int without, int c) {
      return total(log, without, c) / total(count, without, c);
    }

    double variation(int without, int c) {
      return total(squares, without, c) / total(clock, without, c);
    }

    double exact(int without, int c) {
      return total(exact, without, c) / total(clock, without, c);
    }

    double slope(int without) {
      SimpleRegression line = new SimpleRegression();
      for (int c = 0; c < CLASSES; c++) {
        line.addData(log(without, c), Math.log(variation(without, c)));
      }
      return line.getSlope();
    }

    double exactSlope() {
      SimpleRegression line = new SimpleRegression();
      for (int c = 0; c < CLASSES; c++) {
        line.addData(log(-1, c), Math.log(exact(-1, c)));
      }
      return line.getSlope();
    }

    private static double total(double[][] sums, int without, int c) {
      double total = 0;
      for (int r = 0; r < sums.length; r++) {
        total += r == without ? 0 : sums[r][c];
      }
      return total;
    }
  }
}
