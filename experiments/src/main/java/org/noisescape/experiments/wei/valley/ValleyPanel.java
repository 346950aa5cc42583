package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.runs.TrainConfiguration;

/**
 * One figure of the text: the training whose projected path is looked at, and what is done before.
 *
 * @param name of the figure, also its folder
 * @param training SGD on the training set, set A where there is a B
 * @param first SGD on A and B together, labels of B shuffled; empty without B
 * @param after epochs of the path that are not judged
 * @param floor L*, the least that L can be
 * @param threshold L − L* of a minimum, or empty for the least of SGD
 * @param lineFactor times the threshold is what segments must stay below
 * @param rule the same for all panels; its thresholds are not set yet
 */
record ValleyPanel(
    String name,
    TrainConfiguration training,
    Optional<TrainConfiguration> first,
    int after,
    double floor,
    OptionalDouble threshold,
    double lineFactor,
    PathRule rule) {
  /** The panels that exist: Fig. 1 left and right, Fig. 4a, b, c. */
  static final List<String> NAMES = List.of("fig1a", "fig1b", "fig4a", "fig4b", "fig4c");

  /** Shuffles are chosen by at most so many digits of the seed. */
  private static final long SEEDS = 1_000_000_000;

  /** Reads a panel and looks at its data, before anything slow begins. */
  static ValleyPanel of(
      String name, Settings settings, ExperimentRequest request, Map<String, String> digests) {
    String dataset = settings.text(name + "-dataset");
    DatasetPair pair = Catalogue.load(dataset, request.data());
    int there = pair.train().size();
    int all = settings.subset(name + "-subset", there).orElse(there);
    int shuffled = settings.integer(name + "-shuffled", 0);
    if (all - shuffled < 1) {
      throw settings.wrong(
          name + "-shuffled", "must leave training samples of the %d there are".formatted(all));
    }
    double smoothing = LossFloor.smoothing(settings);
    TrainConfiguration training =
        TrainingValues.of(settings, request, name + "-")
            .data(there)
            .network()
            .with("subset", all - shuffled)
            .with("loss", "ce:" + smoothing)
            .with("optimizer", "momentum:" + settings.notNegative("momentum"))
            .with("epochs", settings.integer(name + "-epochs", 1))
            .probes("1epoch", "loss")
            .configuration();
    digests.putAll(StageData.check(name, training, pair));
    Optional<TrainConfiguration> first = Optional.empty();
    if (shuffled > 0) {
      first =
          Optional.of(
              training.with(
                  Map.of(
                      "dataset",
                      shuffled(dataset, all - shuffled, request.seed()),
                      "subset",
                      all,
                      "epochs",
                      settings.integer(name + "-first-epochs", 1))));
      DatasetPair both = Catalogue.load(first.get().dataset(), request.data());
      digests.putAll(StageData.check(name + "/first", first.get(), both));
    }
    PathRule rule =
        new PathRule(
            Double.NaN,
            Double.NaN,
            settings.integer("most", 1),
            settings.integer("points", 1),
            settings.integer("trace-every", 1),
            settings.integer("vectors", 2));
    return new ValleyPanel(
        name,
        training,
        first,
        settings.integer(name + "-after", 0),
        LossFloor.of(smoothing, pair.train().classes()),
        settings.text("threshold").equals("auto")
            ? OptionalDouble.empty()
            : OptionalDouble.of(settings.positive("threshold")),
        settings.positive("line-factor"),
        rule);
  }

  /** The specification with the labels of B shuffled. */
  private static String shuffled(String dataset, int from, long seed) {
    String join = dataset.contains(":") ? "," : ":";
    return "%s%sshuffled-from=%d,shuffle-seed=%d"
        .formatted(dataset, join, from, Math.floorMod(seed, SEEDS));
  }

  /** Epochs of SGD. */
  int epochs() {
    return (int) Math.round(training.epochs());
  }

  /** Steps of an epoch of SGD. */
  int stepsPerEpoch() {
    return training.subset() / training.batch();
  }

  /** The rule with its threshold. */
  PathRule rule(double excess) {
    return new PathRule(
        floor + excess,
        floor + lineFactor * excess,
        rule.most(),
        rule.points(),
        rule.traceEvery(),
        rule.vectors());
  }

  /** Network and data in a few words. */
  String description() {
    List<String> words = new ArrayList<>();
    words.add(
        "%s on %s, %d samples".formatted(training.model(), training.dataset(), training.subset()));
    first.ifPresent(
        both ->
            words.add(
                "begun at a minimum of these and %d with shuffled labels"
                    .formatted(both.subset() - training.subset())));
    return String.join(", ", words);
  }
}
