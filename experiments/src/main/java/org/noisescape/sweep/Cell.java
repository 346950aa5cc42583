package org.noisescape.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of a sweep.
 *
 * @param number from 1, in the order of the grid
 * @param settings the point of the grid
 * @param seed of everything random
 * @param seedNamed whether the sweep has several seeds, so that the seed is part of the name
 */
public record Cell(int number, Map<String, String> settings, long seed, boolean seedNamed) {
  /** Names of files have an end. */
  private static final int LONGEST_NAME = 100;

  /** Keeps the order of the settings. */
  public Cell {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Name of its folder: the number, then what it is. */
  public String name() {
    String name =
        String.format(Locale.ROOT, "%03d-%s", number, words("_"))
            .replaceAll("[^A-Za-z0-9.=+_-]+", "-")
            .replaceAll("-+$", "");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  /** What it is, for people: {@code lr=0.1 batch=10 seed=2}. */
  public String title() {
    return words(" ");
  }

  private String words(String between) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (seedNamed || all.isEmpty()) {
      all.put("seed", Long.toString(seed));
    }
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(between));
  }
}
