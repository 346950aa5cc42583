package org.noisescape.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.noisescape.curvature.Curvature;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.quantities.Cost;
import org.noisescape.quantities.Demand;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.quantities.Point;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Preconditioner;

/** Measures quantities at a checkpoint, over the data its sidecar names. */
public final class CheckpointProbe {
  /**
   * A quantity of the replicas.
   *
   * @param request what was asked for
   * @param of R
   * @param replicas the answers; fewer than R where the measurement was stopped
   */
  public record Result(QuantityRequest request, int of, List<Answer> replicas) {}

  /**
   * A quantity of one replica.
   *
   * @param estimate the number and its error
   * @param cost of all work it rests on, shared with other quantities or not
   * @param gradients the same time in gradient passes of one replica over the same data
   */
  public record Answer(Finding estimate, Cost cost, double gradients) {}

  private final TrainedModel model;
  private final ProbeOptions options;

  /** A probe of a checkpoint. */
  public CheckpointProbe(TrainedModel model, ProbeOptions options) {
    this.model = model;
    this.options = options;
  }

  /**
   * Measures.
   *
   * @param requests what
   * @param details takes lines for the curious: memory, engine
   * @param stop asked between the chunks of all work whether to end with what there is
   * @return a result a request, in their order; without those that have no answer when it stops
   */
  public List<Result> measure(
      List<QuantityRequest> requests, Consumer<String> details, BooleanSupplier stop) {
    if (needs(requests, Need.TEST) && model.test().isEmpty()) {
      throw new IllegalArgumentException(
          "data set '"
              + model.configuration().dataset()
              + "' has no test samples: leave out "
              + named(requests, Need.TEST));
    }
    if (needs(requests, Need.VALIDATION) && model.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "the run held out no samples: leave out " + named(requests, Need.VALIDATION));
    }
    requireFinite();
    Preconditioner preconditioner =
        requests.stream().anyMatch(request -> request.quantity().measure().isPreconditioned())
            ? Preconditioner.of(model.plan(), model.train().size())
            : null;
    List<Result> results = new ArrayList<>();
    requests.forEach(
        request -> results.add(new Result(request, model.replicas(), new ArrayList<>())));
    StopCheck check = new StopCheck();
    check.when(stop);
    try {
      measure(requests, results, preconditioner, details, check);
    } catch (StoppedException e) {
      results.removeIf(result -> result.replicas().isEmpty());
    }
    return results;
  }

  private void measure(
      List<QuantityRequest> requests,
      List<Result> results,
      Preconditioner preconditioner,
      Consumer<String> details,
      StopCheck check) {
    Demand demand =
        new Demand(model.network(), model.loss(), model.train().size(), model.dtype(), options);
    requests.forEach(demand::announce);
    try (Engine engine = model.configuration().openEngine()) {
      details.accept("engine: " + engine.name() + ", " + engine.description());
      RiskPasses passes = RiskPasses.over(model, engine, requests, details, check);
      try (Curvature curvature = needs(requests, Need.CURVATURE) ? curvature(engine) : null) {
        if (curvature != null) {
          curvature.stop().when(check::requested);
          details.accept(text(curvature));
        }
        for (int r = 0; r < model.replicas(); r++) {
          if (curvature != null) {
            curvature.at(model.theta(r), model.statistics(r));
          }
          int replica = r;
          try (Point point = passes.point(r, new Point(curvature, options, demand))) {
            point.withMetric(() -> model.metric(preconditioner, replica));
            for (Result result : results) {
              result.replicas().add(answer(point.measure(result.request()), passes));
            }
          } catch (ArithmeticException e) {
            throw new RunFailure(
                "%s, replica %d: %s".formatted(model.file(), r, e.getMessage()), e);
          }
        }
      }
    }
  }

  private static Answer answer(Point.Measured measured, RiskPasses passes) {
    double gradients = measured.cost().seconds() / passes.gradientSeconds();
    return new Answer(measured.estimate(), measured.cost(), gradients);
  }

  private Curvature curvature(Engine engine) {
    return Curvature.over(
        engine, model.network(), model.loss(), model.train(), options.curvature(model.dtype()));
  }

  private static String text(Curvature curvature) {
    return "curvature: %.1f MiB, state of the samples %s"
        .formatted(
            curvature.bytes() / (double) (1 << 20),
            curvature.keepsState() ? "kept between products" : "recomputed for each product");
  }

  private void requireFinite() {
    double[] theta = model.theta();
    for (int i = 0; i < theta.length; i++) {
      if (!Double.isFinite(theta[i])) {
        int parameters = model.network().parameterCount();
        throw new IllegalArgumentException(
            "%s: parameter %d of replica %d is %s: the run diverged, take an earlier checkpoint"
                .formatted(model.file(), i % parameters, i / parameters, theta[i]));
      }
    }
  }

  private static String named(List<QuantityRequest> requests, Need need) {
    return requests.stream()
        .filter(request -> request.quantity().measure().need() == need)
        .map(QuantityRequest::text)
        .collect(Collectors.joining(", "));
  }

  /** Whether some quantity needs something. */
  static boolean needs(List<QuantityRequest> requests, Need need) {
    return requests.stream().anyMatch(request -> request.quantity().measure().need() == need);
  }
}
