package org.noisescape.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskValue;
import org.noisescape.objective.SampleSource;
import org.noisescape.runs.Quantity.Need;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** Measures quantities at a checkpoint, over the data its sidecar names. */
public final class CheckpointProbe {
  /**
   * What was computed once for all quantities, an element a replica; null where nothing needs it.
   *
   * @param train values on the training data
   * @param test values on the test data
   * @param noise gradient and noise on the training data
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Measured(RiskValue[] train, RiskValue[] test, GradientNoise[] noise) {}

  private final TrainedModel model;

  /** A probe of a checkpoint. */
  public CheckpointProbe(TrainedModel model) {
    this.model = model;
  }

  /**
   * Measures.
   *
   * @param quantities what
   * @param details takes lines for the curious: memory, engine
   * @return estimates by quantity, one a replica
   */
  public Map<Quantity, List<Estimate>> measure(
      List<Quantity> quantities, Consumer<String> details) {
    if (needs(quantities, Need.TEST) && model.test().isEmpty()) {
      throw new IllegalArgumentException(
          "data set '"
              + model.configuration().dataset()
              + "' has no test samples: leave out test-loss and test-accuracy");
    }
    Measured measured;
    try (Engine engine =
        Engines.open(model.configuration().engine(), model.configuration().threads())) {
      details.accept("engine: " + engine.name() + ", " + engine.description());
      measured = compute(engine, quantities, details);
    }
    Map<Quantity, List<Estimate>> all = new LinkedHashMap<>();
    for (Quantity quantity : quantities) {
      List<Estimate> replicas = new ArrayList<>();
      for (int r = 0; r < model.replicas(); r++) {
        replicas.add(quantity.measure().apply(measured, r));
      }
      all.put(quantity, replicas);
    }
    return all;
  }

  private Measured compute(Engine engine, List<Quantity> quantities, Consumer<String> details) {
    boolean gradient = needs(quantities, Need.GRADIENT);
    DType dtype = model.dtype();
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(dtype, model.replicas(), model.network().parameterCount());
      Pass train =
          gradient || needs(quantities, Need.VALUE)
              ? pass(arena, model.train(), dtype, gradient ? Backward.YES : Backward.NO)
              : null;
      Pass test =
          needs(quantities, Need.TEST)
              ? pass(arena, model.test().orElseThrow(), dtype, Backward.NO)
              : null;
      Tensor gradientVector =
          gradient
              ? arena.reserve(dtype, model.replicas(), model.network().parameterCount())
              : null;
      details.accept("memory: %.1f MiB planned".formatted(arena.bytes() / (double) (1 << 20)));
      arena.commit();
      engine.memory().write(theta, model.theta());
      Tensor[] views = model.network().view(theta);
      GradientNoise[] noise =
          gradient
              ? train.load().noise(views, model.network().view(gradientVector), gradientVector)
              : null;
      RiskValue[] values = null;
      if (noise != null) {
        values = Arrays.stream(noise).map(GradientNoise::value).toArray(RiskValue[]::new);
      } else if (train != null) {
        values = train.load().value(views);
      }
      return new Measured(values, test == null ? null : test.load().value(views), noise);
    }
  }

  private record Pass(ResidentData data, EmpiricalRisk risk) {
    EmpiricalRisk load() {
      data.load();
      return risk.prepare();
    }
  }

  private Pass pass(Arena arena, SampleSource source, DType dtype, Backward backward) {
    Loss loss = model.loss();
    ResidentData resident = new ResidentData(source, model.network(), loss, dtype, arena);
    int chunk = EmpiricalRisk.automaticChunk(model.network(), model.replicas(), source.size());
    return new Pass(
        resident,
        new EmpiricalRisk(
            model.network(), loss, resident, arena, dtype, model.replicas(), chunk, backward));
  }

  private static boolean needs(List<Quantity> quantities, Need need) {
    return quantities.stream().anyMatch(quantity -> quantity.need() == need);
  }
}
