package org.noisescape;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.ModelState;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.quantities.StateProbe;
import org.noisescape.quantities.StepMetric;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.train.Measurement;
import org.noisescape.train.Preconditioner;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingManifest;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingState;

/**
 * What a {@link Training} came to.
 *
 * @since 0.2
 */
public final class Trained {
  /** What it was trained and measured on. */
  record Samples(
      SampleSource train, Optional<SampleSource> test, Optional<SampleSource> validation) {}

  /** Where it was computed. */
  record Place(String engine, EngineOptions options) {
    Engine open() {
      return Engines.open(engine, options);
    }
  }

  private final Outcome outcome;
  private final TrainingPlan plan;
  private final TrainingState state;
  private final List<Measurement> measurements;
  private final Samples samples;
  private final Place place;
  private final Supplier<TrainingManifest> manifest;

  Trained(
      Outcome outcome,
      TrainingPlan plan,
      TrainingState state,
      List<Measurement> measurements,
      Samples samples,
      Place place,
      Supplier<TrainingManifest> manifest) {
    this.outcome = outcome;
    this.plan = plan;
    this.state = state;
    this.measurements = measurements;
    this.samples = samples;
    this.place = place;
    this.manifest = manifest;
  }

  /** How it ended: to the end, diverged, or stopped. */
  public Outcome outcome() {
    return outcome;
  }

  /** What was trained. */
  public TrainingPlan plan() {
    return plan;
  }

  /** The architecture. */
  public Network network() {
    return plan.network();
  }

  /** θ, optimizer state, running statistics and step. */
  public TrainingState state() {
    return state;
  }

  /** θ of one replica (P). */
  public double[] theta(int replica) {
    int size = network().parameterCount();
    return Arrays.copyOfRange(state.theta(), replica * size, (replica + 1) * size);
  }

  /** All that was measured in this sitting, in the order of the steps, a line a replica. */
  public List<Measurement> measurements() {
    return measurements;
  }

  /**
   * The last value of a measured quantity, of replica 0.
   *
   * @param quantity as in {@code metrics.jsonl}: {@code train_loss}, {@code noise_strength}, …
   */
  public OptionalDouble last(String quantity) {
    return measurements.reversed().stream()
        .filter(line -> line.replica() == 0 && line.values().containsKey(quantity))
        .mapToDouble(line -> line.values().get(quantity))
        .findFirst();
  }

  /** θ and the data, for measurements of one's own. */
  public ModelState model() {
    return ModelState.of(network(), plan.loss(), samples.train(), state.theta(), state.statistics())
        .in(plan.dtype())
        .withTest(samples.test())
        .withValidation(samples.validation());
  }

  /**
   * A quantity of replica 0 with its error, over the training data.
   *
   * @param quantity as in {@code noisescape probe --quantities}: {@code hessian-top:5}, …
   * @throws IllegalArgumentException in one line where it cannot be measured
   */
  public Finding measure(String quantity) {
    return measure(List.of(quantity)).getFirst().replicas().getFirst().estimate();
  }

  /** Quantities of all replicas, which share their work; measured as the command line does. */
  public List<StateProbe.Result> measure(List<String> quantities) {
    return measure(quantities, ProbeOptions.defaults(place.options().threads()));
  }

  /** The same with tolerances, seed and limits of one's own. */
  public List<StateProbe.Result> measure(List<String> quantities, ProbeOptions options) {
    try (Engine engine = place.open()) {
      return new StateProbe(model(), options)
          .withMetric(this::metric)
          .measure(engine, QuantityRequest.parseAll(quantities));
    }
  }

  private StepMetric metric(int replica) {
    Preconditioner rules = Preconditioner.of(plan, samples.train().size());
    return StepMetric.of(rules, state, replica, network().parameterCount());
  }

  /**
   * Writes a checkpoint, and beside it what it takes to repeat the run. {@link Training#resume}
   * reads it; {@code noisescape probe} does with {@code --model} and {@code --dataset}.
   *
   * @param file {@code NAME.safetensors}; one that is there is replaced
   * @throws java.io.UncheckedIOException in one line where it cannot be written
   */
  public void save(Path file) {
    Recording.write(file, state, plan, manifest.get());
  }
}
