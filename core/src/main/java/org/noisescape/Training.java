package org.noisescape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.files.WrongFile;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.Augmentation;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.UpdateRule;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Sampling;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Provenance;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingManifest;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;
import org.noisescape.train.Version;

/**
 * A training in one expression, over the parts that the command line uses: {@link TrainingPlan},
 * {@link TrainingSetup}, {@link Trainer}.
 *
 * <pre>{@code
 * LoadedData data = DataRequest.of("digits").load();
 * Trained trained =
 *     Training.of("mlp:20", data.train())
 *         .test(data.test())
 *         .loss("ce").optimizer("momentum:0.9").learningRate(0.05).batch(50).epochs(5)
 *         .measure("noise").measure("hessian-top:2:every=5epoch")
 *         .run();
 * System.out.println(trained.last("noise_strength") + " " + trained.measure("hessian-top:5"));
 * }</pre>
 *
 * <p>Words are those of {@code noisescape train}, objects of one's own go in their places. What is
 * not said has the default of the command line; learning rate, batch and epochs must be said.
 *
 * @since 0.2
 */
public final class Training {
  private final Network network;
  private final SampleSource train;
  private final TrainingPlan.Builder plan;
  private final List<ProbeSchedule> named = new ArrayList<>();
  private final List<Probe.Scheduled> own = new ArrayList<>();
  private Optional<SampleSource> test = Optional.empty();
  private Optional<SampleSource> validation = Optional.empty();
  private Interval checkpoints = Interval.EPOCH;
  private Optional<Path> file = Optional.empty();
  private Optional<Path> resumed = Optional.empty();
  private TrainingEvent.Listener listener = event -> {};
  private BooleanSupplier stop = () -> false;
  private String engine = "auto";
  private int threads = Runtime.getRuntime().availableProcessors();
  private Precision precision = Precision.FLOAT32;
  private long seed = TrainingPlan.SEED;

  private Training(Network network, SampleSource train) {
    this.network = network;
    this.train = train;
    this.plan = TrainingPlan.of(network, Losses.parse("mse"));
  }

  /** A training of a network. */
  public static Training of(Network network, SampleSource train) {
    return new Training(network, train);
  }

  /**
   * A training of a network by its name, or written out behind {@code net:}.
   *
   * @param model as in {@link ModelZoo#build}, for example {@code mlp:100,100}
   * @throws IllegalArgumentException in one line where it does not suit the samples
   */
  public static Training of(String model, SampleSource train) {
    return of(ModelZoo.build(model, train.imageShape(), train.outputs()), train);
  }

  /** Test samples, if there are any. */
  public Training test(Optional<SampleSource> samples) {
    test = samples;
    return this;
  }

  /** Samples held out of the training data, if there are any. */
  public Training validation(Optional<SampleSource> samples) {
    validation = samples;
    return this;
  }

  /** The loss by its name, {@code mse} or {@code ce}; the mean square unless said. */
  public Training loss(String name) {
    return loss(Losses.parse(name));
  }

  /** A loss of one's own. */
  public Training loss(Loss loss) {
    plan.loss(loss);
    return this;
  }

  /** Update rules by name, {@code adam} or {@code clip:1+momentum:0.9}; plain SGD unless said. */
  public Training optimizer(String chain) {
    plan.rules(Optimizers.parse(chain));
    return this;
  }

  /** Update rules of one's own, from the gradient to the direction. */
  public Training optimizer(UpdateRule... chain) {
    plan.rules(List.of(chain));
    return this;
  }

  /** η; must be said. */
  public Training learningRate(double value) {
    plan.learningRate(value);
    return this;
  }

  /** Schedules as in {@link RunSchedules#parse}, for example {@code warmup:5+cosine}. */
  public Training schedule(String text) {
    return schedule(RunSchedules.parse(text));
  }

  /** Schedules of one's own. */
  public Training schedule(RunSchedules schedules) {
    plan.schedules(schedules);
    return this;
  }

  /** B; must be said. */
  public Training batch(int value) {
    plan.batch(value);
    return this;
  }

  /** Passes over the data; must be said. */
  public Training epochs(double value) {
    plan.epochs(value);
    return this;
  }

  /** Seed of everything random; {@value TrainingPlan#SEED} unless said. */
  public Training seed(long value) {
    seed = value;
    plan.seed(value);
    return this;
  }

  /** R, independent runs in one program; one unless said. */
  public Training replicas(int value) {
    plan.replicas(value);
    return this;
  }

  /** How mini-batches are drawn; without replacement unless said. */
  public Training sampling(Sampling value) {
    plan.sampling(value);
    return this;
  }

  /** Distribution of the initial weights; Glorot and Bengio (2010) unless said. */
  public Training initialization(Initialization value) {
    plan.initialization(value);
    return this;
  }

  /** What is done to pictures, as in {@link Augmentation#parse}: {@code crop:4+flip}. */
  public Training augment(String text) {
    plan.augmentation(Augmentation.parse(text));
    return this;
  }

  /**
   * Measures during the run: a probe or a quantity by name, with its interval, as in {@link
   * ProbeSchedule#parse}; once an epoch unless said.
   */
  public Training measure(String probe) {
    named.add(ProbeSchedule.parse(probe));
    return this;
  }

  /** Measures with a probe of one's own. */
  public Training measure(Probe.Factory probe, Interval every) {
    own.add(new Probe.Scheduled(probe, every));
    return this;
  }

  /**
   * Keeps a checkpoint, from which {@link #resume} continues bit for bit; beside it lies what it
   * takes to repeat the run. A file that is there is replaced.
   *
   * @param target {@code NAME.safetensors}
   */
  public Training checkpoints(Path target, Interval every) {
    file = Optional.of(target);
    checkpoints = every;
    return this;
  }

  /** Continues from a checkpoint of the same training. */
  public Training resume(Path checkpoint) {
    resumed = Optional.of(checkpoint);
    return this;
  }

  /** Hears how it is coming on, on the thread of {@link #run}. */
  public Training listener(TrainingEvent.Listener value) {
    listener = value;
    return this;
  }

  /** Asked now and then whether to stop; {@link Trained#outcome} says so. */
  public Training stoppedBy(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  /**
   * Where to compute: {@code host}, {@code cuda}, … The best there is, {@code auto}, unless said.
   */
  public Training engine(String name) {
    engine = name;
    return this;
  }

  /** CPU threads; one a processor unless said. */
  public Training threads(int value) {
    threads = value;
    return this;
  }

  /** float32 unless said. */
  public Training precision(Precision value) {
    precision = value;
    plan.dtype(value.dtype());
    return this;
  }

  /** What decides the run but data and engine. */
  public TrainingPlan plan() {
    return plan.build();
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException in one line where the parts do not suit each other
   * @throws java.io.UncheckedIOException in one line where a checkpoint cannot be written
   */
  public Trained run() {
    EngineOptions options = new EngineOptions(threads, precision);
    TrainingPlan built = plan();
    try (Engine opened = Engines.open(engine, options)) {
      Provenance provenance = Provenance.of(opened, threads);
      Recording recording =
          new Recording(
              built,
              () -> TrainingManifest.of(provenance, built, train, test, validation),
              file,
              listener);
      List<Probe.Scheduled> probes =
          new ArrayList<>(ProbeSchedule.scheduled(named, ProbeOptions.training(seed, threads)));
      probes.addAll(own);
      probes.forEach(probe -> probe.factory().require(built));
      TrainingSetup setup =
          TrainingSetup.of(built, train)
              .withTest(test)
              .withValidation(validation)
              .withProbes(probes)
              .withCheckpoints(checkpoints)
              .withListener(recording);
      try (Trainer trainer = new Trainer(opened, setup)) {
        resumed.ifPresent(checkpoint -> restore(trainer, checkpoint, recording));
        trainer.run(stop);
        return new Trained(
            recording.outcome(),
            built,
            trainer.state(),
            recording.measurements(),
            new Trained.Samples(train, test, validation),
            new Trained.Place(engine, options),
            recording::manifest);
      }
    }
  }

  private void restore(Trainer trainer, Path checkpoint, Recording recording) {
    ObjectNode sidecar = Checkpoint.sidecar(checkpoint);
    Version.requireReadable(Checkpoint.sidecarOf(checkpoint), sidecar.path(TrainingManifest.FIELD));
    Checkpoint.Contents contents = Checkpoint.read(checkpoint, network);
    recording
        .manifest()
        .differsFrom(sidecar)
        .ifPresent(
            difference -> {
              throw new WrongFile(
                  checkpoint, "it is of another training: " + difference + ": resume the same one");
            });
    try {
      trainer.restore(contents.state());
    } catch (IllegalArgumentException e) {
      throw new WrongFile(checkpoint, e.getMessage(), e);
    }
  }
}
