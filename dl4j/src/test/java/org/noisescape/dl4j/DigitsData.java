package org.noisescape.dl4j;

import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.TargetMap;
import org.noisescape.objective.SampleSource;

/** The embedded digits, 28x28, one-hot. */
final class DigitsData {
  private DigitsData() {}

  static SampleSource first(int count) {
    DataLocation none = DataLocation.of(Optional.empty(), Map.of());
    return new DatasetSource(
        Catalogue.load("digits:train=%d,test=10".formatted(count), none).train(),
        TargetMap.ONE_HOT);
  }
}
