package org.noisescape.experiments.wei.valley;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.wei.StageCurvature;
import org.noisescape.linop.StoppedException;
import org.noisescape.nn.Initialization;
import org.noisescape.report.Metrics;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.RunFailure;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.train.FullBatchDescent.Status;
import org.noisescape.train.TrainingState;

/**
 * The stages of a panel: with randomised labels SGD on A and B and gradient descent on A to a
 * minimum (section A.2.2); then SGD, and the path of its projected states.
 */
final class ValleyRun {

  private final ValleyPanel panel;
  private final ExperimentRun run;
  private final ExperimentRequest request;
  private final Path folder;

  /** A panel that has not begun. */
  ValleyRun(ValleyPanel panel, ExperimentRun run) {
    this.panel = panel;
    this.run = run;
    this.request = run.request();
    this.folder = run.path().resolve(panel.name());
  }

  /** How far SGD done once more ended from where the training did: 0 where steps repeat exactly. */
  record Replay(double distance) {}

  /** Runs what is not done yet. */
  ValleyPath path() {
    Optional<ProjectedPoint> minimum = panel.first().map(this::minimum);
    TrainConfiguration training = panel.training();
    if (minimum.isPresent()) {
      training = training.with(Map.of("start_from", minimumFile().toString()));
    }
    Path sgd = train("sgd", "SGD", training);
    List<Map<String, Double>> rows = Metrics.read(sgd).getFirst().rows();
    double excess = panel.threshold().orElseGet(() -> least(rows) - panel.floor());
    TrainedModel model = open(sgd, Map.of());
    try (ProjectionSite site =
        new ProjectionSite(model, request.stop(), start(model, minimum.isPresent()))) {
      PathStore store = new PathStore(folder.resolve("path"), model.network(), model.dtype());
      List<PathEpoch> path =
          new PathWalk(panel.name() + ": projecting", site, store, panel.rule(excess), request)
              .run(panel.epochs());
      Replay replay =
          StageResult.of(folder.resolve("replay.json"), Replay.class, () -> replay(site, model));
      return new ValleyPath(panel, excess, minimum, path, rows, replay.distance());
    }
  }

  private Path train(String part, String what, TrainConfiguration training) {
    String name = panel.name();
    return run.train(name + "/" + part, name + ": " + what, name + "-lr", training);
  }

  /** Trains on A and B, descends on A, and leaves the minimum where SGD can begin with it. */
  private ProjectedPoint minimum(TrainConfiguration both) {
    Path first = train("first", "SGD on A and B", both);
    TrainedModel model =
        open(
            first,
            Map.of("dataset", panel.training().dataset(), "subset", panel.training().subset()));
    PathStore store = new PathStore(minimumFile().getParent(), model.network(), model.dtype());
    return store
        .find(0)
        .orElseGet(
            () -> {
              double excess =
                  panel
                      .threshold()
                      .orElseGet(
                          () -> least(Metrics.read(first).getFirst().rows()) - panel.floor());
              PathStore.Kept kept = descend(model, panel.rule(excess));
              store.keep(kept);
              return kept;
            })
        .point();
  }

  private PathStore.Kept descend(TrainedModel model, PathRule rule) {
    String title = panel.name() + ": gradient descent on A";
    request.progress().started(title);
    try (ProjectionSite site = new ProjectionSite(model, request.stop(), model.state().theta(0))) {
      PathStore.Kept kept =
          site.project(site.beginning(), rule.threshold(), rule.most(), request.stop());
      Status status = kept.point().status();
      long iterations = kept.point().iterations();
      if (status == Status.STOPPED) {
        throw new StoppedException("%s: stopped after %d iterations".formatted(title, iterations));
      }
      if (status == Status.DIVERGED) {
        throw new RunFailure(
            "%s: the loss left the finite numbers after %d iterations".formatted(title, iterations),
            null);
      }
      request.progress().finished();
      return kept;
    }
  }

  /** Where the minimum of A lies that SGD begins with; step 0 of SGD. */
  private Path minimumFile() {
    Path file = folder.resolve("minimum").resolve("state-000000000.safetensors");
    return file.toAbsolutePath().normalize();
  }

  private TrainedModel open(Path stage, Map<String, Object> replaced) {
    Map<String, Object> values = new java.util.LinkedHashMap<>(replaced);
    values.put("threads", request.threads());
    return TrainedModel.open(RunDirectory.lastCheckpointOf(stage), values, where -> request.data());
  }

  private double[] start(TrainedModel model, boolean atMinimum) {
    TrainConfiguration configuration = model.configuration();
    return atMinimum
        ? StageCurvature.theta(minimumFile(), model.network(), 0)
        : model
            .network()
            .initialParameters(
                Initialization.parse(configuration.initialization()), configuration.seed(), 0);
  }

  /** The least training loss of SGD after its beginning. */
  private static double least(List<Map<String, Double>> rows) {
    return rows.stream()
        .filter(row -> row.get("epoch") > 0)
        .mapToDouble(row -> row.get("train_loss"))
        .min()
        .orElseThrow();
  }

  private static Replay replay(ProjectionSite site, TrainedModel model) {
    TrainingState end = site.advance(site.beginning(), model.step());
    return new Replay(ProjectionSite.distance(end.theta(), model.state().theta(0)));
  }
}
