package org.noisescape.experiments.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.nn.ModelZoo;
import org.noisescape.runs.TrainConfiguration;

/** Looks at the data of a stage before anything slow begins. */
public final class StageData {
  private StageData() {}

  /**
   * Looks whether data, model and batch go together.
   *
   * @param stage name of the stage, prefix of the digests
   * @param training what will be trained
   * @param pair its data set
   * @return file → digest of the data
   * @throws IllegalArgumentException in one line where they do not
   */
  public static Map<String, String> check(
      String stage, TrainConfiguration training, DatasetPair pair) {
    return check(stage, "", training, pair);
  }

  /**
   * The same for settings of a stage.
   *
   * @param prefix of its settings, such as {@code mlp-}
   */
  public static Map<String, String> check(
      String stage, String prefix, TrainConfiguration training, DatasetPair pair) {
    Dataset train = pair.train();
    if (training.subset() != null) {
      train = train.subset(training.subset());
    }
    if (train.isRegression()) {
      throw new IllegalArgumentException(
          "--set %sdataset=%s: the experiment needs classes".formatted(prefix, training.dataset()));
    }
    if (training.batch() > train.size()) {
      throw new IllegalArgumentException(
          "--set %sbatch=%d: larger than the %d training samples"
              .formatted(prefix, training.batch(), train.size()));
    }
    boolean parity = "parity".equals(training.target());
    ModelZoo.build(training.model(), train.imageShape(), parity ? 1 : train.classes());
    Map<String, String> digests = new LinkedHashMap<>();
    train.digests().forEach((file, digest) -> digests.put(stage + "/train/" + file, digest));
    pair.test()
        .ifPresent(
            test ->
                test.digests()
                    .forEach((file, digest) -> digests.put(stage + "/test/" + file, digest)));
    return digests;
  }
}
