package org.noisescape.experiments.mori.networkpassage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Mean time until SGD first raises a pre-trained network's loss above c L*, against c at several
 * learning rates.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3c and Eq. 16; appendix E for h* and n.
 */
public final class FirstPassageNetwork implements Experiment {
  static final String ID = "mori/first-passage-network";

  private static final String STAGE = "network";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD raises a network's loss in a time that is a power of the loss it has to reach";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3c, Eq. 16";
  }

  @Override
  public Map<String, String> settings() {
    return NetworkPassageSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return NetworkPassageSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = NetworkPassageSettings.of(request);
    double[] levels = PassagePoint.levels(settings);
    List<Double> rates = settings.positives("passage-lr");
    int batch = settings.integer("passage-batch", 1);
    int replicas = settings.integer("replicas", 2);
    int steps = settings.integer("steps", 1);
    int look = settings.integer("look", 1);
    int iterations = settings.integer("iterations", 1);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training =
        NetworkPassageSettings.training(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(STAGE, training, pair);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path stage = folder.path().resolve(STAGE);
      new StageTraining("pre-training", "lr", training)
          .run(stage, request, ExperimentFolder.commandLine(this, request));
      HessianPoint minimum =
          new HessianStage(stage, request, settings.integer("hessian-pairs", 1))
              .measure(iterations, 0);
      requireStable(rates, minimum);
      TrainedModel model =
          TrainedModel.open(
              RunDirectory.checkpointOf(stage, iterations),
              Map.of("threads", request.threads()),
              data -> request.data());
      List<NetworkPassageCurve> curves = new ArrayList<>();
      boolean complete = true;
      for (int i = 0; i < rates.size() && complete; i++) {
        NetworkPlan plan =
            new NetworkPlan(
                model.network(),
                model.loss(),
                List.of(),
                rates.get(i),
                batch,
                Sampling.WITHOUT_REPLACEMENT,
                model.theta(0),
                Arrays.stream(levels).map(c -> c * minimum.loss()).toArray(),
                look,
                request.seed(),
                i * replicas,
                replicas,
                request.precision().dtype());
        EnsembleStage.Result result = ensemble(folder.path(), plan, model, steps, request);
        complete = result.complete();
        LogLandscape theory = new LogLandscape(rates.get(i), batch, minimum.largest());
        curves.add(
            NetworkPassageCurve.of(
                theory, levels, minimum.loss(), result.state(), look, request.seed()));
      }
      request.progress().finished();
      String description =
          "%s on %s after %d steps, L* = %.4f; B = %d, %d replicas, a look every %d of at most %d steps"
              .formatted(
                  training.model(),
                  training.dataset(),
                  iterations,
                  minimum.loss(),
                  batch,
                  replicas,
                  look,
                  steps);
      NetworkPassageFit fit = NetworkPassageFit.of(curves);
      NetworkPassageTables.write(folder.path(), curves, fit, minimum);
      return folder.finish(
          NetworkPassageFigures.of(curves, fit, minimum, description),
          outcome(request.preset(), curves, fit, minimum).partial(!complete));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static EnsembleStage.Result ensemble(
      Path run, NetworkPlan plan, TrainedModel model, int steps, ExperimentRequest request) {
    Path file =
        run.resolve("ensembles")
            .resolve(String.format(Locale.ROOT, "lr-%s.safetensors", plan.learningRate()));
    try (Engine engine = request.openEngine();
        ReplicaProgram program = plan.program(engine, model.train())) {
      return new EnsembleStage("eta = " + plan.learningRate(), EnsembleSchedule.to(steps))
          .run(file, program, request);
    }
  }

  private static void requireStable(List<Double> rates, HessianPoint minimum) {
    double bound = 2 / minimum.hessian()[0];
    for (double rate : rates) {
      if (rate >= bound) {
        throw new IllegalArgumentException(
            "--set passage-lr=%s: beyond stability, the Hessian's largest eigenvalue %.4g allows less than %.4g (%s)"
                .formatted(rate, minimum.hessian()[0], bound, ID));
      }
    }
  }

  static ExperimentOutcome outcome(
      Preset preset,
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (NetworkPassageCurve curve : curves) {
      PassageSlope slope = curve.slope();
      String at = "eta=" + curve.theory().learningRate();
      Verdict straight = NetworkPassageCriterion.straight(curve);
      Verdict judged = NetworkPassageCriterion.slope(curve, fit);
      verdicts.add(straight);
      verdicts.add(judged);
      String over =
          slope.window().isEmpty()
              ? "no threshold in the window"
              : "c %s to %s"
                  .formatted(slope.window().getFirst().level(), slope.window().getLast().level());
      measurements.add(
          new NamedMeasurement(
              "slope, %s, %s".formatted(at, over),
              slope.slope(),
              slope.standardError(),
              NetworkPassageCriterion.slopeOf(curve, fit),
              Optional.of(judged)));
      measurements.add(
          new NamedMeasurement(
              "r^2 of the line, " + at, slope.correlation(), Double.NaN, 1, Optional.of(straight)));
    }
    Verdict dimension =
        NetworkPassageCriterion.dimension(fit, minimum.effectiveDimension(), curves);
    verdicts.add(dimension);
    measurements.add(
        new NamedMeasurement(
            "n fitted, h* measured; theory: Eq. 44",
            fit.dimension(),
            fit.dimensionError(),
            minimum.effectiveDimension(),
            Optional.of(dimension)));
    measurements.add(
        new NamedMeasurement(
            "h of slope against B/eta; theory: lambda_1 of G",
            fit.freeCurvature(),
            fit.freeCurvatureError(),
            minimum.largest()));
    measurements.add(
        new NamedMeasurement(
            "n of that line; theory: Eq. 44",
            fit.freeDimension(),
            Double.NaN,
            minimum.effectiveDimension()));
    for (NetworkPassageCurve curve : curves) {
      PassageSlope early = curve.early();
      if (early.window().size() > 1) {
        measurements.add(
            new NamedMeasurement(
                "slope where all passed, eta=%s, c %s to %s; theory: n of Eq. 44"
                    .formatted(
                        curve.theory().learningRate(),
                        early.window().getFirst().level(),
                        early.window().getLast().level()),
                early.slope(),
                early.standardError(),
                curve.theory().passageSlope(minimum.effectiveDimension())));
      }
    }
    measurements.add(new NamedMeasurement("L*", minimum.loss(), Double.NaN, Double.NaN));
    for (NetworkPassageCurve curve : curves) {
      measurements.add(
          new NamedMeasurement(
              "least L/L* at the end, eta=" + curve.theory().learningRate(),
              curve.lowest(),
              Double.NaN,
              Double.NaN));
    }
    int diverged = curves.stream().mapToInt(NetworkPassageCurve::diverged).sum();
    if (diverged > 0) {
      measurements.add(new NamedMeasurement("replicas diverged", diverged, Double.NaN, Double.NaN));
    }
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), NetworkPassageCriterion.text(curves), measurements);
  }
}
