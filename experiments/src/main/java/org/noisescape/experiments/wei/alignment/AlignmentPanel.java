package org.noisescape.experiments.wei.alignment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.experiments.wei.StageCurvature;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.FirstSamples;
import org.noisescape.objective.SampleSource;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/**
 * One loss of the figure: plain SGD from Glorot initialisation on standardised inputs.
 *
 * @param name {@code ce} or {@code mse}, also its folder
 * @param training what to train, R replicas
 * @param size training samples
 * @param epochs to measure at
 * @param samples the first so many that H and C are taken of, or all
 * @param vectors random vectors that the traces are estimated with; empty for exact ones
 */
record AlignmentPanel(
    String name,
    TrainConfiguration training,
    int size,
    List<Integer> epochs,
    Optional<Integer> samples,
    Optional<Integer> vectors) {
  /** The panels that exist, in the order of the figure. */
  static final List<String> NAMES = List.of("ce", "mse");

  /**
   * Reads a panel from settings.
   *
   * @param there training samples of the data set
   */
  static AlignmentPanel of(String name, Settings settings, ExperimentRequest request, int there) {
    List<Integer> epochs = settings.integers("at", 0).stream().sorted().toList();
    if (epochs.getLast() < 1) {
      throw settings.wrong("at", "needs an epoch >= 1");
    }
    int size = settings.subset("subset", there).orElse(there);
    TrainConfiguration training =
        TrainingValues.of(settings, request, "")
            .data(there)
            .seeds()
            .with("normalization", "standardize")
            .with("model", settings.text("model"))
            .with("loss", name.equals("ce") ? "ce:" + settings.text("smoothing") : "mse")
            .with("learning_rate", settings.positive(name + "-lr"))
            .with("batch", settings.integer("batch", 1))
            .with("epochs", epochs.getLast())
            .with("checkpoint_every", "1epoch")
            .with("keep_checkpoints", true)
            .probes("1epoch", "loss")
            .configuration();
    return new AlignmentPanel(
        name,
        training,
        size,
        epochs,
        settings.subset("samples", size),
        settings.integerOrAll("vectors"));
  }

  /** Measurements of a run, those of residuals turned at random among them. */
  int measurements() {
    return training.replicas() * (epochs.size() + (isTurned() ? 1 : 0));
  }

  private boolean isTurned() {
    return name.equals("mse");
  }

  /** Loss and letter, as in the figure. */
  String title() {
    return name.equals("ce") ? "(a) label-smoothed cross-entropy" : "(b) mean-square loss";
  }

  /** Network, data and rates in a few words. */
  String description() {
    return "%s on %s, learning rate %s, batch %d"
        .formatted(training.model(), training.dataset(), training.learningRate(), training.batch());
  }

  /**
   * Trains, or continues, and measures what has not been measured.
   *
   * @return the points of all seeds, by seed, then epoch
   */
  List<AlignmentPoint> run(ExperimentRun run) {
    ExperimentRequest request = run.request();
    Path stage = run.train(name, title(), name + "-lr", training);
    TrainedModel model = request.model(checkpoint(stage, epochs.getLast()));
    FirstSamples measured = new FirstSamples(model.train(), samples.orElse(size));
    List<AlignmentPoint> points = new ArrayList<>();
    try (StageCurvature meter = new StageCurvature(model, measured, request.stop())) {
      for (int seed = 0; seed < training.replicas(); seed++) {
        for (int epoch : epochs) {
          points.add(point(run, model, meter, seed, epoch));
        }
      }
    }
    return points;
  }

  /**
   * With the mean-square loss: H at the last epoch beside the second moment of the gradients that
   * residuals of the same norms in random directions give, a seed each; else none.
   */
  List<AlignmentSums> turned(ExperimentRun run) {
    List<AlignmentSums> sums = new ArrayList<>();
    if (!isTurned()) {
      return sums;
    }
    Path stage = run.path().resolve(name);
    int last = epochs.getLast();
    TrainedModel model = run.request().model(checkpoint(stage, last));
    FirstSamples measured = new FirstSamples(model.train(), samples.orElse(size));
    try (StageCurvature meter = new StageCurvature(model, measured, run.request().stop())) {
      for (int seed = 0; seed < training.replicas(); seed++) {
        int replica = seed;
        sums.add(
            StageResult.of(
                run.path().resolve("measured/%s-seed%d-turned.json".formatted(name, seed)),
                AlignmentSums.class,
                run.request(),
                "%s: residuals of seed %d turned at random".formatted(name, seed),
                () -> turned(meter, model, measured, theta(stage, model, replica, last), replica)));
      }
    }
    return sums;
  }

  private AlignmentSums turned(
      StageCurvature meter, TrainedModel model, FirstSamples measured, double[] theta, int seed) {
    Curvature curvature = meter.at(theta);
    Engine engine = curvature.engine();
    long directions = training.seed() + seed;
    SampleSource turned = TurnedResiduals.of(engine, model.network(), measured, theta, directions);
    try (Curvature others =
        Curvature.over(
            engine,
            model.network(),
            model.loss(),
            turned,
            CurvatureOptions.of(DType.FLOAT64).withBlock(curvature.hessian().block()))) {
      others.at(theta);
      return AlignmentSums.of(
          curvature.hessian(),
          others.covariance(),
          engine.memory().readDoubles(others.gradient()),
          vectors,
          training.seed());
    }
  }

  private AlignmentPoint point(
      ExperimentRun run, TrainedModel model, StageCurvature meter, int seed, int epoch) {
    String file = "measured/" + name + "-seed" + seed + "-epoch" + epoch + ".json";
    return StageResult.of(
        run.path().resolve(file),
        AlignmentPoint.class,
        run.request(),
        "%s: H and C of seed %d, epoch %d".formatted(name, seed, epoch),
        () -> {
          Curvature curvature = meter.at(theta(run.path().resolve(name), model, seed, epoch));
          double loss = curvature.noise().value().loss();
          return new AlignmentPoint(
              seed,
              epoch,
              step(epoch),
              loss,
              AlignmentSums.of(curvature, vectors, training.seed()));
        });
  }

  private double[] theta(Path stage, TrainedModel model, int seed, int epoch) {
    Network network = model.network();
    if (epoch == 0) {
      return network.initialParameters(
          Initialization.parse(training.initialization()), training.seed(), seed);
    }
    return StageCurvature.theta(checkpoint(stage, epoch), network, seed);
  }

  private Path checkpoint(Path stage, int epoch) {
    return RunDirectory.checkpointOf(stage, step(epoch));
  }

  /** Steps of training after so many epochs. */
  long step(int epoch) {
    return (long) epoch * (size / training.batch());
  }
}
