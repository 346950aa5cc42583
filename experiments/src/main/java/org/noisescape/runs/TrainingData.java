package org.noisescape.runs;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.FeatureNormalization;
import org.noisescape.datasets.HoldOut;
import org.noisescape.datasets.TargetMap;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.train.TrainingPlan;

/**
 * The data of a configuration, read, checked and ready for the trainer.
 *
 * @param train training samples
 * @param test test samples, if there are any
 * @param validation samples held out of the training data, if there are any
 * @param target how labels become targets
 * @param digests {@code train/FILE} or {@code test/FILE} → digest, of all files read
 */
record TrainingData(
    SampleSource train,
    Optional<SampleSource> test,
    Optional<SampleSource> validation,
    TargetMap target,
    Map<String, String> digests) {

  /**
   * Reads the data.
   *
   * @throws IllegalArgumentException for whatever is wrong, in one line
   */
  static TrainingData load(TrainConfiguration configuration, DataLocation where) {
    DatasetPair pair = Catalogue.load(configuration.dataset(), where);
    Dataset train = pair.train();
    if (configuration.subset() != null) {
      train = train.subset(configuration.subset());
      Catalogue.requireShuffleWithin(configuration.dataset(), configuration.subset());
    }
    train.requireFinite();
    Optional<HoldOut.Parts> parts = parts(configuration, train);
    train = parts.map(HoldOut.Parts::training).orElse(train);
    pair.test().ifPresent(Dataset::requireFinite);
    String suiting = train.isRegression() ? TrainDefaults.REGRESSION_TARGET : TrainDefaults.TARGET;
    TargetMap target =
        TargetMap.parse(configuration.target() == null ? suiting : configuration.target());
    FeatureNormalization normalization =
        FeatureNormalization.of(configuration.normalization(), train);
    Map<String, String> digests = new TreeMap<>();
    pair.train().digests().forEach((file, digest) -> digests.put("train/" + file, digest));
    pair.test()
        .ifPresent(
            test -> test.digests().forEach((file, digest) -> digests.put("test/" + file, digest)));
    return new TrainingData(
        new DatasetSource(train, target, normalization),
        pair.test().map(test -> new DatasetSource(test, target, normalization)),
        parts.map(part -> new DatasetSource(part.validation(), target, normalization)),
        target,
        digests);
  }

  private static Optional<HoldOut.Parts> parts(TrainConfiguration configuration, Dataset train) {
    return Optional.ofNullable(configuration.validation())
        .map(HoldOut::parse)
        .map(held -> held.apply(train));
  }

  /** The first file that is not what it was, if digests were recorded and one differs. */
  Optional<String> change(Map<String, String> recorded) {
    Set<String> files = new TreeSet<>(digests.keySet());
    files.addAll(recorded.keySet());
    for (String file : files) {
      String then = recorded.getOrDefault(file, "absent");
      String now = digests.getOrDefault(file, "absent");
      if (!then.equals(now)) {
        return Optional.of("%s was %s, is %s".formatted(file, then, now));
      }
    }
    return Optional.empty();
  }

  /**
   * The network for these data, with everything checked that needs no engine.
   *
   * @throws IllegalArgumentException where model, loss or batch do not suit the data
   */
  Network network(TrainConfiguration configuration) {
    Network network = ModelZoo.build(configuration.model(), train.imageShape(), train.outputs());
    TrainingPlan plan = configuration.plan(network);
    plan.timeline(train.size()).steps();
    plan.augmentation().views(train.imageShape(), network.takesImages());
    ProbeSchedule.scheduled(
            configuration.probes(),
            ProbeOptions.training(configuration.seed(), configuration.threads()))
        .forEach(probe -> probe.factory().require(plan));
    float[] sample = new float[train.outputs()];
    train.copyTargets(0, 1, sample);
    double[] prepared = new double[sample.length];
    Arrays.setAll(prepared, k -> sample[k]);
    Losses.parse(configuration.loss()).prepareTargets(prepared, train.outputs());
    return network;
  }
}
