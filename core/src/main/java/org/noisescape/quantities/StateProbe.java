package org.noisescape.quantities;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.noisescape.curvature.Curvature;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.tensor.Engine;

/** Measures quantities of all replicas of a state. */
public final class StateProbe {
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

  private final ModelState state;
  private final ProbeOptions options;
  private IntFunction<StepMetric> metric = StateProbe::noRules;
  private Consumer<String> details = line -> {};
  private BooleanSupplier stop = () -> false;
  private ProbeListener listener = ProbeListener.SILENT;

  /** A probe of a state. */
  public StateProbe(ModelState state, ProbeOptions options) {
    this.state = state;
    this.options = options;
  }

  private static StepMetric noRules(int replica) {
    throw new IllegalArgumentException(
        "nothing is known of the update rules here: leave out what is preconditioned by them");
  }

  /** The preconditioner of the update rules, given a replica; none unless said. */
  public StateProbe withMetric(IntFunction<StepMetric> ofReplica) {
    metric = ofReplica;
    return this;
  }

  /** Takes lines for the curious: memory. */
  public StateProbe withDetails(Consumer<String> lines) {
    details = lines;
    return this;
  }

  /** Tells how the measurement is coming on. */
  public StateProbe toldTo(ProbeListener hears) {
    listener = hears;
    return this;
  }

  /** Asked between the chunks of all work whether to end with what there is. */
  public StateProbe stoppedBy(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /**
   * Measures.
   *
   * @param requests what
   * @return a result a request, in their order; without those that have no answer when it stops
   * @throws IllegalArgumentException in one line where data are missing or θ is not finite
   * @throws ArithmeticException in one line where a product is not finite
   */
  public List<Result> measure(Engine engine, List<QuantityRequest> requests) {
    requireData(requests);
    state.requireFinite();
    List<Result> results = new ArrayList<>();
    requests.forEach(
        request -> results.add(new Result(request, state.replicas(), new ArrayList<>())));
    StopCheck check = new StopCheck();
    check.when(stop);
    try {
      measure(engine, requests, results, check);
    } catch (StoppedException e) {
      results.removeIf(result -> result.replicas().isEmpty());
    }
    return results;
  }

  /**
   * Requires the data that some quantities are measured on.
   *
   * @throws IllegalArgumentException naming those whose data are missing
   */
  public void requireData(List<QuantityRequest> requests) {
    if (needs(requests, Need.TEST) && state.test().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: there are no test samples: leave out %s"
              .formatted(state.name(), named(requests, Need.TEST)));
    }
    if (needs(requests, Need.VALIDATION) && state.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no samples were held out: leave out %s"
              .formatted(state.name(), named(requests, Need.VALIDATION)));
    }
  }

  private void measure(
      Engine engine, List<QuantityRequest> requests, List<Result> results, StopCheck check) {
    Demand demand =
        new Demand(state.network(), state.loss(), state.train().size(), state.dtype(), options);
    requests.forEach(demand::announce);
    RiskPasses passes = RiskPasses.over(state, engine, requests, details, check);
    try (Curvature curvature = needs(requests, Need.CURVATURE) ? curvature(engine) : null) {
      if (curvature != null) {
        curvature.stop().when(check::requested);
        details.accept(text(curvature));
      }
      for (int r = 0; r < state.replicas(); r++) {
        if (curvature != null) {
          curvature.at(state.theta(r), state.statistics(r));
        }
        int replica = r;
        int measured = r * results.size();
        try (Point point = passes.point(r, new Point(curvature, options, demand))) {
          point.withMetric(() -> metric.apply(replica)).toldTo(listener);
          if (curvature != null) {
            curvature.stop().when(() -> heard(point) && check.requested());
          }
          for (Result result : results) {
            listener.measuring(result.request(), measured++, results.size() * state.replicas());
            result.replicas().add(answer(point.measure(result.request()), passes));
          }
        } catch (ArithmeticException e) {
          ArithmeticException named =
              new ArithmeticException(
                  "%s, replica %d: %s".formatted(state.name(), r, e.getMessage()));
          named.initCause(e);
          throw named;
        }
      }
    }
  }

  /** Tells how far a point is; always true. */
  private boolean heard(Point point) {
    listener.worked(point.products());
    return true;
  }

  private static Answer answer(Point.Measured measured, RiskPasses passes) {
    double gradients = measured.cost().seconds() / passes.gradientSeconds();
    return new Answer(measured.estimate(), measured.cost(), gradients);
  }

  private Curvature curvature(Engine engine) {
    return Curvature.over(
        engine, state.network(), state.loss(), state.train(), options.curvature(state.dtype()));
  }

  private static String text(Curvature curvature) {
    return "curvature: %.1f MiB, state of the samples %s"
        .formatted(
            curvature.bytes() / (double) (1 << 20),
            curvature.keepsState() ? "kept between products" : "recomputed for each product");
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
