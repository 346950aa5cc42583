package org.noisescape.experiments.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.registry.NearestName;

/** Sizes of an experiment; all take the same code path. */
public enum Preset {
  /** At most 60 s on 2 CPU cores, without a download. */
  QUICK("up to a minute on two processors"),
  /** At most 15 min on 2 CPU cores. */
  STANDARD("up to 15 minutes on two processors"),
  /** The sizes of the text. */
  PAPER("hours, or days, on two processors: meant for a GPU");

  private final String time;

  Preset(String time) {
    this.time = time;
  }

  /** How long it takes, in words. */
  public String time() {
    return time;
  }

  /** The name users write. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The preset of a name, or an error with the nearest one. */
  public static Preset parse(String label) {
    List<String> labels = Arrays.stream(values()).map(Preset::label).toList();
    if (!labels.contains(label)) {
      throw new IllegalArgumentException(NearestName.unknown("preset", label, labels));
    }
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
