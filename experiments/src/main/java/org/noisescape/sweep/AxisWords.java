package org.noisescape.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Settings and measured numbers of a sweep as the figures call them. */
final class AxisWords {
  /** What fits beside an axis; the title of the figure says all. */
  private static final int LONGEST = 44;

  private static final int LONGEST_NAME = 40;

  private static final Map<String, String> SYMBOLS =
      Map.ofEntries(
          Map.entry("lr", "Learning rate η"),
          Map.entry("batch", "Batch size B"),
          Map.entry("epochs", "Epochs"),
          Map.entry("seed", "Seed"),
          Map.entry("model", "Model"),
          Map.entry("dataset", "Data set"),
          Map.entry("optimizer", "Optimizer"),
          Map.entry("train_loss", "Training loss L"),
          Map.entry("train_accuracy", "Training accuracy"),
          Map.entry("test_loss", "Test loss"),
          Map.entry("test_accuracy", "Test accuracy"));

  private AxisWords() {}

  /** The label of an axis. */
  static String label(String key) {
    String words = SYMBOLS.getOrDefault(key, SweepFigures.readable(key));
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
  }

  /** File names of what is drawn of each number, such as {@code test-loss}; no two are alike. */
  static List<String> fileNames(List<String> quantities) {
    Set<String> taken = new HashSet<>();
    return quantities.stream()
        .map(
            quantity -> {
              String letters = quantity.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
              String trimmed = letters.replaceAll("^-+|-+$", "");
              String name =
                  trimmed.isEmpty()
                      ? "number"
                      : trimmed.substring(0, Math.min(trimmed.length(), LONGEST_NAME));
              String free = name;
              for (int n = 2; !taken.add(free); n++) {
                free = name + "-" + n;
              }
              return free;
            })
        .toList();
  }
}
