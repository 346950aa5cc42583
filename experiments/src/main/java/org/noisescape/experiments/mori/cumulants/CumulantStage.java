package org.noisescape.experiments.mori.cumulants;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Measures the noise of a pre-trained replica, or reads what was measured.
 *
 * @param training folder of the pre-training
 * @param request surroundings
 * @param batches B of the drawn mini-batches
 * @param draws mini-batches of each
 * @param levels c, to which the loss is raised
 */
record CumulantStage(
    Path training,
    ExperimentRequest request,
    List<Integer> batches,
    int draws,
    List<Double> levels) {
  private static final int EVALUATIONS = 60;
  private static final double ACCURACY = 1e-8;
  private static final int DOUBLINGS = 40;

  CumulantPoint measure(long step, int seed) {
    return StageResult.of(
        training.resolveSibling("noise/seed-%d.json".formatted(seed)),
        CumulantPoint.class,
        request,
        "noise of seed " + seed,
        () -> measureNow(step, seed));
  }

  private CumulantPoint measureNow(long step, int seed) {
    try (ReplicaCurvature replica = ReplicaCurvature.open(training, step, seed, request)) {
      Curvature curvature = replica.curvature();
      double loss = mean(curvature.losses());
      int parameters = curvature.dimension();
      double[] directions = new double[CumulantDirection.values().length * parameters];
      boolean converged =
          top(curvature.hessian(), directions, 0)
              & top(curvature.covariance(), directions, parameters);
      random(seed, directions, 2 * parameters);
      try (Arena arena = replica.engine().arena()) {
        Tensor along =
            arena.reserve(curvature.hessian().dtype(), directions.length / parameters, parameters);
        Tensor product = arena.reserve(along.dtype(), along.shape());
        arena.commit();
        replica.engine().memory().write(along, directions);
        double[][] projections = curvature.sampleProjections(along);
        curvature.hessian().apply(along, product);
        double[] products = replica.engine().memory().readDoubles(product);
        List<List<BatchMeans>> means = means(seed, projections);
        List<DirectionCumulants> found = new ArrayList<>();
        for (CumulantDirection direction : CumulantDirection.values()) {
          int row = direction.ordinal();
          double bend = 0;
          for (int i = row * parameters; i < (row + 1) * parameters; i++) {
            bend += directions[i] * products[i];
          }
          List<BatchMeans> own = means.stream().map(batch -> batch.get(row)).toList();
          found.add(DirectionCumulants.of(direction, bend, projections[row], own));
        }
        double[] u = Arrays.copyOf(directions, parameters);
        return new CumulantPoint(
            seed,
            loss,
            converged,
            found,
            raised(replica.engine(), curvature, u, found.getFirst().curvature(), loss));
      }
    }
  }

  private List<List<BatchMeans>> means(int seed, double[][] projections) {
    List<List<BatchMeans>> means = new ArrayList<>();
    for (int batch : batches) {
      RandomStream random = RandomKey.of(request.seed(), Purpose.SAMPLING, seed).stream(batch);
      means.add(BatchMeans.draw(projections, batch, draws, random));
    }
    return means;
  }

  private boolean top(LinearOperator operator, double[] into, int offset) {
    LanczosOptions options = LanczosOptions.of(operator, 1, End.LARGEST, request.seed());
    try (RitzPairs pairs = Lanczos.solve(operator, options)) {
      double[] vector = operator.engine().memory().readDoubles(pairs.vectors());
      System.arraycopy(vector, 0, into, offset, vector.length);
      return pairs.allConverged();
    }
  }

  private void random(int seed, double[] into, int offset) {
    RandomStream random = RandomKey.of(request.seed(), Purpose.ESTIMATOR, seed).stream(0);
    double squares = 0;
    for (int i = offset; i < into.length; i++) {
      into[i] = random.nextGaussian();
      squares += into[i] * into[i];
    }
    for (int i = offset; i < into.length; i++) {
      into[i] /= Math.sqrt(squares);
    }
  }

  /** Along ± u, at each level. */
  private List<RaisedPoint> raised(
      Engine engine, Curvature curvature, double[] u, double bend, double floor) {
    double[] start = curvature.theta();
    List<RaisedPoint> points = new ArrayList<>();
    try (Arena arena = engine.arena()) {
      Tensor along = arena.reserve(curvature.hessian().dtype(), 1, u.length);
      arena.commit();
      engine.memory().write(along, u);
      for (double level : levels) {
        for (int sign : new int[] {1, -1}) {
          DoubleUnaryOperator excess =
              shift -> lossAt(curvature, start, u, sign * shift) - level * floor;
          double guess = Math.sqrt(2 * (level - 1) * floor / bend);
          double shift = sign * crossing(excess, guess);
          double loss = lossAt(curvature, start, u, shift);
          points.add(RaisedPoint.of(level, shift, loss, curvature.sampleProjections(along)[0]));
        }
      }
    }
    curvature.at(start);
    return points;
  }

  /** The first shift found at which the loss has risen enough. */
  private static double crossing(DoubleUnaryOperator excess, double guess) {
    double outer = guess;
    for (int i = 0; i < DOUBLINGS && !(excess.applyAsDouble(outer) > 0); i++) {
      outer *= 2;
    }
    return new BrentSolver(ACCURACY, 0).solve(EVALUATIONS, excess::applyAsDouble, 0, outer);
  }

  private static double lossAt(Curvature curvature, double[] start, double[] u, double shift) {
    double[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += shift * u[i];
    }
    return mean(curvature.at(moved).losses());
  }

  private static double mean(double... losses) {
    return Arrays.stream(losses).average().orElseThrow();
  }
}
