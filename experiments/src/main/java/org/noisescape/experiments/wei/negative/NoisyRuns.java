package org.noisescape.experiments.wei.negative;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.experiments.wei.StageCurvature;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientNoise;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;

/**
 * Gradient descent to a minimum, and SGD from there at several batch sizes and learning rates.
 *
 * @param descent gradient descent, R replicas
 * @param batches B of SGD
 * @param rates η of SGD
 * @param epochs of each run of SGD
 * @param states late states of each run
 * @param every epochs between them
 * @param further steps of gradient descent from the minimum on
 */
record NoisyRuns(
    TrainConfiguration descent,
    List<Integer> batches,
    List<Double> rates,
    int epochs,
    int states,
    int every,
    int further) {
  /** Folder of the descent from the minima on. */
  static final String FURTHER = "descent-further";

  /** Further states lie at 1/32, 1/16, … of the further steps: evenly in log time. */
  private static final int FIRST = 32;

  /** Folder of the descent. */
  static final String DESCENT = "descent";

  /**
   * Reads the plan from settings.
   *
   * @param there training samples of the data set
   */
  static NoisyRuns of(Settings settings, ExperimentRequest request, int there) {
    int size = settings.subset("subset", there).orElse(there);
    TrainConfiguration descent =
        TrainingValues.of(settings, request, "")
            .data(there)
            .seeds()
            .with("subset", size)
            .with("model", settings.text("model"))
            .with("loss", "ce:" + LossFloor.smoothing(settings))
            .with("learning_rate", settings.positive("gd-lr"))
            .with("batch", size)
            .with("epochs", settings.integer("gd-epochs", 1))
            .with("checkpoint_every", "500epoch")
            .probes("log1.2", "loss")
            .configuration();
    List<Integer> batches = settings.integers("batches", 1);
    if (batches.stream().anyMatch(batch -> batch > size)) {
      throw settings.wrong(
          "batches", "must be whole numbers up to the %d training samples".formatted(size));
    }
    NoisyRuns runs =
        new NoisyRuns(
            descent,
            batches,
            settings.positives("rates"),
            settings.integer("sgd-epochs", 1),
            settings.integer("states", 1),
            settings.integer("state-every", 1),
            settings.integer("descent-epochs", FIRST));
    if (runs.further % FIRST != 0) {
      throw settings.wrong("descent-epochs", "must be a multiple of %d".formatted(FIRST));
    }
    if (runs.epochs % runs.every != 0 || runs.epochs <= (runs.states - 1) * runs.every) {
      throw settings.wrong(
          "state-every",
          "must divide sgd-epochs=%d, which must hold states=%d of them"
              .formatted(runs.epochs, runs.states));
    }
    return runs;
  }

  /** Those of SGD, and of descent to the minima and further. */
  int trainings() {
    return batches.size() * rates.size() + 2;
  }

  /** For each seed the spectra of a run. */
  int measurements() {
    int further = Integer.numberOfTrailingZeros(FIRST) + 1;
    return descent.replicas() * (1 + batches.size() * rates.size() + further);
  }

  /** Folder of a run. */
  static String folder(int batch, double rate) {
    return "b" + batch + "-lr" + rate;
  }

  /** η k of a run of SGD, k steps at the middle of its late states. */
  double flowTime(RunSpectrum run) {
    double epoch = run.states().stream().mapToInt(StateSpectrum::epoch).average().orElseThrow();
    return run.learningRate() * epoch * (descent.subset() / run.batch());
  }

  /** Gradient descent: one state a seed, its end. */
  List<RunSpectrum> descend(ExperimentRun run) {
    run.train(DESCENT, "gradient descent", "gd-lr", descent);
    int epochs = (int) Math.round(descent.epochs());
    return measure(run, DESCENT, descent, List.of(minima(run)), List.of(epochs));
  }

  private static Path minima(ExperimentRun run) {
    return RunDirectory.lastCheckpointOf(run.path().resolve(DESCENT));
  }

  /** SGD from the minima: all batch sizes and learning rates, all seeds. */
  List<RunSpectrum> diffuse(ExperimentRun run) {
    List<Integer> late = new ArrayList<>();
    for (int i = states - 1; i >= 0; i--) {
      late.add(epochs - i * every);
    }
    List<RunSpectrum> spectra = new ArrayList<>();
    for (int batch : batches) {
      for (double rate : rates) {
        TrainConfiguration training = fromMinima(run, batch, rate, epochs, every);
        String name = folder(batch, rate);
        String title = "SGD, B = %d, learning rate %s".formatted(batch, rate);
        Path stage = run.train(name, title, "rates", training);
        long stepsPerEpoch = training.subset() / batch;
        List<Path> checkpoints =
            late.stream()
                .map(epoch -> RunDirectory.checkpointOf(stage, epoch * stepsPerEpoch))
                .toList();
        spectra.addAll(measure(run, name, training, checkpoints, late));
      }
    }
    return spectra;
  }

  /** Gradient descent from the minima on: one state each, all times, all seeds. */
  List<RunSpectrum> descendFurther(ExperimentRun run) {
    TrainConfiguration training =
        fromMinima(run, descent.batch(), descent.learningRate(), further, further / FIRST);
    Path stage = run.train(FURTHER, "gradient descent from there on", "gd-lr", training);
    List<RunSpectrum> spectra = new ArrayList<>();
    for (int part = FIRST; part >= 1; part /= 2) {
      int step = further / part;
      Path checkpoint = RunDirectory.checkpointOf(stage, step);
      spectra.addAll(
          measure(run, FURTHER + "-" + step, training, List.of(checkpoint), List.of(step)));
    }
    return spectra;
  }

  private TrainConfiguration fromMinima(
      ExperimentRun run, int batch, double rate, int epochs, int between) {
    return descent.with(
        Map.of(
            "batch",
            batch,
            "learning_rate",
            rate,
            "epochs",
            epochs,
            "start_from",
            minima(run).toAbsolutePath().normalize().toString(),
            "checkpoint_every",
            between + "epoch",
            "keep_checkpoints",
            true,
            "probes",
            List.of(new ProbeSchedule("loss", between + "epoch"))));
  }

  private static List<RunSpectrum> measure(
      ExperimentRun run,
      String name,
      TrainConfiguration training,
      List<Path> checkpoints,
      List<Integer> at) {
    ExperimentRequest request = run.request();
    TrainedModel model = request.model(checkpoints.getLast());
    List<RunSpectrum> spectra = new ArrayList<>();
    try (StageCurvature meter = new StageCurvature(model, model.train(), request.stop())) {
      for (int seed = 0; seed < training.replicas(); seed++) {
        int replica = seed;
        spectra.add(
            StageResult.of(
                run.path().resolve("measured/" + name + "-seed" + seed + ".json"),
                RunSpectrum.class,
                request,
                "%s: Hessian of seed %d".formatted(name, replica),
                () ->
                    spectrum(
                        request.eigensolver(), meter, model, training, checkpoints, at, replica)));
      }
    }
    return spectra;
  }

  private static RunSpectrum spectrum(
      SymmetricEigen solver,
      StageCurvature meter,
      TrainedModel model,
      TrainConfiguration training,
      List<Path> checkpoints,
      List<Integer> at,
      int seed) {
    List<StateSpectrum> states = new ArrayList<>();
    SymmetricMatrix mean = SymmetricMatrix.zeros(model.network().parameterCount());
    try (mean) {
      for (int i = 0; i < at.size(); i++) {
        Curvature curvature =
            meter.at(StageCurvature.theta(checkpoints.get(i), model.network(), seed));
        GradientNoise noise = curvature.noise();
        try (DenseMaterialization hessian = DenseMaterialization.of(curvature.hessian())) {
          states.add(
              new StateSpectrum(
                  at.get(i),
                  noise.value().loss(),
                  noise.gradientNormSquared(),
                  NegativePart.of(hessian.matrix(), solver)));
          addTo(mean, hessian.matrix(), 1.0 / at.size());
        }
      }
      NegativePart ofMean =
          at.size() == 1 ? states.getFirst().negative() : NegativePart.of(mean, solver);
      return new RunSpectrum(training.batch(), training.learningRate(), seed, states, ofMean);
    }
  }

  /** mean ← mean + weight · matrix. */
  private static void addTo(SymmetricMatrix mean, SymmetricMatrix matrix, double weight) {
    double[] row = new double[matrix.dimension()];
    for (int i = 0; i < row.length; i++) {
      matrix.row(i, row);
      for (int j = 0; j <= i; j++) {
        row[j] *= weight;
      }
      mean.add(i, 0, 1, i + 1, row);
    }
  }
}
