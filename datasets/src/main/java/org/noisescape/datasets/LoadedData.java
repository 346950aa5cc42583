package org.noisescape.datasets;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.noisescape.objective.SampleSource;

/**
 * Data that were read, checked, and are ready for training.
 *
 * @param train training samples
 * @param test test samples, if there are any
 * @param validation samples held out of the training data, if there are any
 * @param target how labels become targets
 * @param digests {@code train/FILE} or {@code test/FILE} → digest, of all files read
 */
public record LoadedData(
    SampleSource train,
    Optional<SampleSource> test,
    Optional<SampleSource> validation,
    TargetMap target,
    Map<String, String> digests) {
  /** Keeps the digests by name. */
  public LoadedData {
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
  }

  static Map<String, String> digests(DatasetPair pair) {
    Map<String, String> digests = new TreeMap<>();
    pair.train().digests().forEach((file, digest) -> digests.put("train/" + file, digest));
    pair.test()
        .ifPresent(
            test -> test.digests().forEach((file, digest) -> digests.put("test/" + file, digest)));
    return digests;
  }
}
