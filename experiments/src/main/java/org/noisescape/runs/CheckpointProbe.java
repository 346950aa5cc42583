package org.noisescape.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.noisescape.quantities.Cost;
import org.noisescape.quantities.Estimate;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.quantities.Point;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/** Measures quantities at a checkpoint, over the data its sidecar names. */
public final class CheckpointProbe {
  /**
   * A quantity of all replicas.
   *
   * @param request what was asked for
   * @param replicas the answers
   */
  public record Result(QuantityRequest request, List<Answer> replicas) {}

  /**
   * A quantity of one replica.
   *
   * @param estimate the number and its error
   * @param cost what it took, as if nothing else had been measured
   * @param gradients the same time in gradient passes of one replica over the same data
   */
  public record Answer(Estimate estimate, Cost cost, double gradients) {}

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
   * @return a result a request, in their order
   */
  public List<Result> measure(List<QuantityRequest> requests, Consumer<String> details) {
    if (needs(requests, Need.TEST) && model.test().isEmpty()) {
      throw new IllegalArgumentException(
          "data set '"
              + model.configuration().dataset()
              + "' has no test samples: leave out test-loss and test-accuracy");
    }
    List<Result> results = new ArrayList<>();
    requests.forEach(request -> results.add(new Result(request, new ArrayList<>())));
    try (Engine engine =
        Engines.open(model.configuration().engine(), model.configuration().threads())) {
      details.accept("engine: " + engine.name() + ", " + engine.description());
      RiskPasses passes = RiskPasses.over(model, engine, requests, details);
      for (int r = 0; r < model.replicas(); r++) {
        Point point = passes.point(r);
        for (Result result : results) {
          Point.Measured measured = point.measure(result.request());
          result
              .replicas()
              .add(
                  new Answer(
                      measured.estimate(),
                      measured.cost(),
                      measured.cost().seconds() / passes.gradientSeconds()));
        }
      }
    }
    return results;
  }

  private static boolean needs(List<QuantityRequest> requests, Need need) {
    return requests.stream().anyMatch(request -> request.quantity().measure().need() == need);
  }
}
