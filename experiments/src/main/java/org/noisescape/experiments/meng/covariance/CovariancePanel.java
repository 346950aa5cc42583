package org.noisescape.experiments.meng.covariance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.runs.TrainConfiguration;

/**
 * One network of the figure: its descent to a minimum, and the layers that move.
 *
 * @param name {@code cnn} or {@code resnet}
 * @param training full-batch gradient descent on cross-entropy from He initialisation
 * @param scales layer → distance of neighbouring points, a parameter
 * @param judged layers of the text's figure
 * @param target loss at which a point counts as the minimum
 * @param digests file → digest of the data
 */
record CovariancePanel(
    String name,
    TrainConfiguration training,
    Map<String, Double> scales,
    List<String> judged,
    double target,
    Map<String, String> digests) {
  static final String CNN = "cnn";
  static final String RESNET = "resnet";
  static final List<String> NAMES = List.of(CNN, RESNET);

  /** Layers of the text's network, and those of its figure. */
  private static final List<String> LAYERS = List.of("conv1", "conv2", "fc1", "fc2");

  private static final List<String> LAYERS_OF_THE_TEXT = List.of("conv1", "conv2");

  /**
   * Reads a panel and looks whether data, model and layers go together.
   *
   * @throws IllegalArgumentException in one line where they do not
   */
  static CovariancePanel of(String name, Settings settings, ExperimentRequest request) {
    String prefix = name.equals(CNN) ? "" : name + "-";
    DatasetPair pair = Catalogue.load(settings.text(prefix + "dataset"), request.data());
    TrainConfiguration training = training(prefix, settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(folder("descent", name), prefix, training, pair);
    Map<String, Double> scales = new LinkedHashMap<>();
    List<String> judged;
    if (name.equals(CNN)) {
      for (String layer : settings.some("layers", LAYERS)) {
        scales.put(layer, settings.positive(layer + "-scale"));
      }
      judged = LAYERS_OF_THE_TEXT;
    } else {
      for (String layer : settings.text(prefix + "layers").split("\\s*,\\s*", -1)) {
        scales.put(layer, settings.positive(prefix + "scale"));
      }
      judged = List.copyOf(scales.keySet());
    }
    List<String> layers = List.copyOf(scales.keySet());
    Minimum.requireLayers(prefix + "layers", training.model(), pair.train(), layers);
    double target = settings.positive(prefix + "target-loss");
    return new CovariancePanel(name, training, scales, judged, target, digests);
  }

  private static TrainConfiguration training(
      String prefix, Settings settings, ExperimentRequest request, int samples) {
    int subset = settings.subset(prefix + "subset", samples).orElse(samples);
    String every = Integer.toString(settings.integer(prefix + "every", 1));
    return TrainingValues.of(settings, request, prefix)
        .with("dataset", settings.text(prefix + "dataset"))
        .with("subset", subset)
        .with("model", settings.text(prefix + "model"))
        .with("loss", "ce")
        .with("initialization", "he")
        .with("learning_rate", settings.positive(prefix + "lr"))
        .with("batch", subset)
        .with("epochs", settings.integer(prefix + "steps", 1))
        .seeds()
        .with("checkpoint_every", every)
        .with("keep_checkpoints", true)
        .probes(every, "loss")
        .configuration();
  }

  /** Measurements that are kept by themselves: paths, and expansions around minima. */
  int measurements(int factors) {
    return training.replicas() * (factors * scales.size() + (expands() ? 1 : 0));
  }

  /** Whether the noise is expanded around its minima. */
  boolean expands() {
    return name.equals(CNN);
  }

  /** Descends where an earlier sitting did not, and measures the noise along every path. */
  PanelResult measure(ExperimentRun run, List<Double> factors, int points) {
    String rate = name.equals(CNN) ? "lr" : name + "-lr";
    Path stage =
        run.train(folder("descent", name), "gradient descent of the " + name, rate, training);
    List<Minimum> minima = Minimum.find(stage, training.replicas(), target);
    List<PathFit> fits = new ArrayList<>();
    Path kept = run.path().resolve(folder("paths", name));
    for (Minimum minimum : minima) {
      try (MinimumPaths paths = new MinimumPaths(stage, kept, run.request(), minimum)) {
        for (double factor : factors) {
          scales.forEach(
              (layer, scale) -> fits.add(PathFit.of(paths.path(layer, scale, factor, points))));
        }
      }
    }
    return new PanelResult(this, minima, fits);
  }

  /** The expansion of the noise around its minima. */
  List<NoiseExpansion> expansions(ExperimentRun run, List<Minimum> minima, int count) {
    ExpansionStage stage =
        new ExpansionStage(
            run.path().resolve(folder("descent", name)),
            run.path().resolve(folder("expansion", name)),
            run.request(),
            List.copyOf(scales.keySet()),
            count);
    return minima.stream().map(stage::measure).toList();
  }

  /** What a layer is called beside those of the other network. */
  String title(String layer) {
    return name.equals(CNN) ? layer : name + " " + layer;
  }

  private static String folder(String what, String panel) {
    return panel.equals(CNN) ? what : what + "-" + panel;
  }
}
