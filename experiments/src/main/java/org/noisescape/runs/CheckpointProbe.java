package org.noisescape.runs;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.noisescape.quantities.ProbeListener;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.quantities.StateProbe;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Preconditioner;

/** Measures quantities at a checkpoint, over the data its sidecar names. */
public final class CheckpointProbe {
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
   * @param listener hears how it is coming on
   * @param stop asked between the chunks of all work whether to end with what there is
   * @return a result a request, in their order; without those that have no answer when it stops
   */
  public List<StateProbe.Result> measure(
      List<QuantityRequest> requests,
      Consumer<String> details,
      ProbeListener listener,
      BooleanSupplier stop) {
    StateProbe probe =
        new StateProbe(model.state(), options)
            .withDetails(details)
            .toldTo(listener)
            .stoppedBy(stop);
    probe.requireData(requests);
    if (requests.stream().anyMatch(request -> request.quantity().measure().isPreconditioned())) {
      Preconditioner rules = Preconditioner.of(model.plan(), model.train().size());
      probe.withMetric(replica -> model.metric(rules, replica));
    }
    try (Engine engine = model.configuration().openEngine()) {
      details.accept("engine: " + engine.name() + ", " + engine.description());
      return probe.measure(engine, requests);
    } catch (ArithmeticException e) {
      throw new RunFailure(e.getMessage(), e);
    }
  }
}
