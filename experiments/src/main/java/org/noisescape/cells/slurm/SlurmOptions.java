package org.noisescape.cells.slurm;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What follows {@code --on slurm:}.
 *
 * @param sbatch long options of sbatch by name, in the order given; an empty value where the option
 *     takes none
 * @param atOnce tasks at once, where limited
 * @param cellsPerTask cells that a task runs one after another, where chosen
 */
record SlurmOptions(Map<String, String> sbatch, OptionalInt atOnce, OptionalInt cellsPerTask) {
  private static final String AT_ONCE = "concurrent";
  private static final String PER_TASK = "cells-per-task";
  private static final String TIME = "time";
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]+");

  /** What the script says itself, or what would keep it from being followed. */
  private static final Set<String> OURS =
      Set.of(
          "array",
          "clusters",
          "error",
          "export-file",
          "help",
          "input",
          "no-requeue",
          "open-mode",
          "output",
          "parsable",
          "requeue",
          "test-only",
          "usage",
          "version",
          "wait",
          "wrap");

  SlurmOptions {
    sbatch = Collections.unmodifiableMap(new LinkedHashMap<>(sbatch));
  }

  /**
   * Reads them.
   *
   * @param text {@code KEY=VALUE} with commas between them; with semicolons where values have
   *     commas in them
   * @throws IllegalArgumentException in one line that names the option
   */
  static SlurmOptions parse(String text) {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> parts =
        text.isEmpty() ? List.of() : Arrays.asList(text.split(text.contains(";") ? ";" : ",", -1));
    for (String part : parts) {
      if (part.isEmpty() && text.endsWith(";")) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      require(part, key, value, equals >= 0);
      if (all.put(key, value) != null) {
        throw new IllegalArgumentException("slurm: " + key + " is given twice: leave one out");
      }
    }
    return new SlurmOptions(all, count(all, AT_ONCE), count(all, PER_TASK));
  }

  private static void require(String part, String key, String value, boolean valued) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "slurm: '%s' is no option: write KEY=VALUE with KEY a long option of sbatch, such as partition=gpu"
              .formatted(part));
    }
    if (OURS.contains(key)) {
      throw new IllegalArgumentException(
          "slurm: %s is not for you to choose: leave it out".formatted(key));
    }
    if (valued && value.isBlank()) {
      throw new IllegalArgumentException(
          "slurm: %s has no value: write %s=VALUE, or leave it out".formatted(key, key));
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '"' || c == '\\')) {
      throw new IllegalArgumentException(
          "slurm: the value of %s has a quote, a backslash or a control character in it"
              .formatted(key));
    }
  }

  private static OptionalInt count(Map<String, String> all, String key) {
    String value = all.remove(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException(
          "slurm: %s must be a number from 1 on, got '%s'".formatted(key, value));
    }
    return OptionalInt.of(Integer.parseInt(value));
  }

  /** An option of sbatch, where it was given. */
  Optional<String> given(String key) {
    return Optional.ofNullable(sbatch.get(key));
  }

  /** The time limit of a task in seconds, where it was given in one of Slurm's ways. */
  OptionalLong seconds() {
    String time = sbatch.getOrDefault(TIME, "");
    if (!time.matches("(\\d{1,6}-)?\\d{1,9}(:\\d{1,2}){0,2}")) {
      return OptionalLong.empty();
    }
    int dash = time.indexOf('-');
    long days = dash < 0 ? 0 : Long.parseLong(time.substring(0, dash));
    long[] parts =
        Arrays.stream(time.substring(dash + 1).split(":")).mapToLong(Long::parseLong).toArray();
    // after days hours come first; without, one or two parts begin with minutes
    boolean hours = dash >= 0 || parts.length == 3;
    long unit = hours ? 3600 : 60;
    long seconds = days * 86_400;
    for (long part : parts) {
      seconds += part * unit;
      unit /= 60;
    }
    return OptionalLong.of(seconds);
  }
}
