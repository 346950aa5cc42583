package org.noisescape.runs;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DataRequest;
import org.noisescape.datasets.HoldOut;
import org.noisescape.datasets.LoadedData;
import org.noisescape.datasets.TargetMap;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.train.TrainingPlan;

/**
 * The data of a configuration, ready for the trainer.
 *
 * @param loaded what was read
 */
record TrainingData(LoadedData loaded) {
  /**
   * Reads the data.
   *
   * @throws IllegalArgumentException for whatever is wrong, in one line
   */
  static TrainingData load(TrainConfiguration configuration, DataLocation where) {
    DataRequest request =
        new DataRequest(
            configuration.dataset(),
            where,
            Optional.ofNullable(configuration.subset()),
            Optional.ofNullable(configuration.target()).map(TargetMap::parse),
            configuration.normalization(),
            Optional.ofNullable(configuration.validation()).map(HoldOut::parse));
    return new TrainingData(request.load());
  }

  SampleSource train() {
    return loaded.train();
  }

  Optional<SampleSource> test() {
    return loaded.test();
  }

  Optional<SampleSource> validation() {
    return loaded.validation();
  }

  TargetMap target() {
    return loaded.target();
  }

  Map<String, String> digests() {
    return loaded.digests();
  }

  /** The first file that is not what it was, if digests were recorded and one differs. */
  Optional<String> change(Map<String, String> recorded) {
    Set<String> files = new TreeSet<>(digests().keySet());
    files.addAll(recorded.keySet());
    for (String file : files) {
      String then = recorded.getOrDefault(file, "absent");
      String now = digests().getOrDefault(file, "absent");
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
    Network network =
        ModelZoo.build(configuration.model(), train().imageShape(), train().outputs());
    TrainingPlan plan = configuration.plan(network);
    plan.timeline(train().size()).steps();
    plan.augmentation().views(train().imageShape(), network.takesImages());
    ProbeSchedule.scheduled(
            configuration.probes(),
            ProbeOptions.training(configuration.seed(), configuration.threads()))
        .forEach(probe -> probe.factory().require(plan));
    float[] sample = new float[train().outputs()];
    train().copyTargets(0, 1, sample);
    double[] prepared = new double[sample.length];
    Arrays.setAll(prepared, k -> sample[k]);
    Losses.parse(configuration.loss()).prepareTargets(prepared, train().outputs());
    return network;
  }
}
