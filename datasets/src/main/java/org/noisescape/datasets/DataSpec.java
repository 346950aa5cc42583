package org.noisescape.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.Decimal;

/**
 * A specification taken apart: {@code digits:train=100,size=7} or {@code idx:DIR,classes=47,grey}.
 *
 * @param source a name, or a path behind the word of a {@link PathSource}
 * @param options what else the source is told, with commas, such as {@code train=100}
 * @param transform of the images
 * @param selection of classes, if there is one
 * @param balance of training samples, if there is one
 * @param shuffle of training labels, if there is one
 * @param noise of training labels, if there is any
 */
record DataSpec(
    String source,
    String options,
    ImageTransform transform,
    Optional<ClassSelection> selection,
    Optional<BalancedRows> balance,
    Optional<LabelShuffle> shuffle,
    Optional<NoisyLabels> noise) {
  private static final String GREY = "grey";
  private static final String SHUFFLED_FROM = "shuffled-from";
  private static final String SHUFFLE_SEED = "shuffle-seed";
  private static final String ONLY = "only";
  private static final String BALANCED = "balanced";
  private static final String NOISY_LABELS = "noisy-labels";
  private static final String NOISE_SEED = "noise-seed";

  /** Options of every set of images, for messages. */
  static final List<String> TRANSFORMS =
      List.of(GREY, "size", ONLY, BALANCED, SHUFFLED_FROM, SHUFFLE_SEED, NOISY_LABELS, NOISE_SEED);

  /**
   * Takes a specification apart.
   *
   * @throws DataException where grey, size or a shuffle make no sense
   */
  static DataSpec parse(String spec) {
    Optional<PathSource> path = PathSource.of(spec);
    int end = path.map(found -> endOfPath(spec, found)).orElseGet(() -> colon(spec));
    String source = spec.substring(0, end);
    String after = end == spec.length() ? "" : spec.substring(end + 1);
    require(
        end == spec.length() || !after.isBlank(),
        source,
        "no option follows in '" + spec + "': leave out its last character");
    List<String> others = new ArrayList<>();
    Map<String, String> given = new LinkedHashMap<>();
    for (String option : after.isEmpty() ? List.<String>of() : List.of(after.split(",", -1))) {
      boolean own = path.isPresent() && path.get().options().contains(key(option));
      if (!own && TRANSFORMS.contains(key(option))) {
        String before = given.put(key(option), option);
        require(before == null, source, "option " + key(option) + " is given twice");
      } else {
        others.add(option);
      }
    }
    boolean grey = given.containsKey(GREY);
    require(
        !grey || given.get(GREY).equals(GREY),
        source,
        "grey takes no value, got '" + given.get(GREY) + "'");
    requireTogether(
        source,
        given,
        SHUFFLE_SEED,
        SHUFFLED_FROM + "=N, the first training sample with a shuffled label");
    requireTogether(source, given, NOISE_SEED, NOISY_LABELS + "=SHARE of the training samples");
    require(
        !given.containsKey(SHUFFLED_FROM) || !given.containsKey(NOISY_LABELS),
        source,
        "shuffled-from and noisy-labels both change labels: choose one of them");
    return new DataSpec(
        source,
        String.join(",", others),
        new ImageTransform(
            grey, optional(given, "size").map(text -> number(source, text, 4, " of pixels", 1))),
        optional(given, ONLY)
            .map(text -> new ClassSelection(List.of(value(text).split("\\+", -1)))),
        optional(given, BALANCED)
            .map(text -> new BalancedRows(number(source, text, 9, " of samples", 1))),
        optional(given, SHUFFLED_FROM)
            .map(
                text ->
                    new LabelShuffle(
                        number(source, text, 9, "", 0), seed(source, given, SHUFFLE_SEED))),
        optional(given, NOISY_LABELS)
            .map(text -> new NoisyLabels(share(source, text), seed(source, given, NOISE_SEED))));
  }

  /**
   * What the options of images make of the data as they are stored: pictures first, then which
   * samples, then their labels.
   *
   * @throws DataException where an option does not suit the data
   */
  DatasetPair change(DatasetPair stored) {
    DatasetPair pair = transform.apply(stored);
    if (selection.isPresent()) {
      pair = selection.get().apply(pair);
    }
    if (balance.isPresent()) {
      pair = balance.get().apply(pair);
    }
    if (shuffle.isPresent()) {
      pair = shuffle.get().apply(pair);
    }
    return noise.isPresent() ? noise.get().apply(pair) : pair;
  }

  private static Optional<String> optional(Map<String, String> given, String key) {
    return Optional.ofNullable(given.get(key));
  }

  private static void requireTogether(
      String source, Map<String, String> given, String key, String needed) {
    String other = key(needed);
    require(!given.containsKey(key) || given.containsKey(other), source, key + " needs " + needed);
  }

  private static int seed(String source, Map<String, String> given, String key) {
    return optional(given, key).map(text -> number(source, text, 9, "", 0)).orElse(0);
  }

  /** The same with a path that is found from here written so that it is found from everywhere. */
  static String absolute(String spec) {
    Optional<PathSource> source = PathSource.of(spec);
    if (source.isEmpty()) {
      return spec;
    }
    int begin = source.get().prefix().length();
    int end = endOfPath(spec, source.get());
    Path path = Path.of(spec.substring(begin, end));
    return Files.exists(path) && !path.toString().isEmpty()
        ? spec.substring(0, begin) + path.toAbsolutePath().normalize() + spec.substring(end)
        : spec;
  }

  /** A path may have commas in its names: only options that exist end it. */
  private static int endOfPath(String spec, PathSource source) {
    int end = spec.length();
    while (true) {
      int comma = spec.lastIndexOf(',', end - 1);
      if (comma < 0 || !source.knows(key(spec.substring(comma + 1, end)))) {
        return end;
      }
      end = comma;
    }
  }

  private static int colon(String spec) {
    int colon = spec.indexOf(':');
    return colon < 0 ? spec.length() : colon;
  }

  private static String key(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  private static String value(String option) {
    return option.substring(Math.min(option.length(), key(option).length() + 1));
  }

  /** The number from 0 to 1 of {@code key=number}. */
  private static double share(String source, String option) {
    double share;
    try {
      share = Decimal.parse(value(option));
    } catch (NumberFormatException e) {
      share = Double.NaN;
    }
    require(
        share >= 0 && share <= 1,
        source,
        "%s must be a share from 0 to 1, got '%s'".formatted(key(option), option));
    return share;
  }

  /** The whole number of {@code key=number}. */
  private static int number(String source, String option, int digits, String unit, int least) {
    String key = key(option);
    String text = value(option);
    boolean number = text.matches("\\d{1," + digits + "}") && Integer.parseInt(text) >= least;
    require(
        number,
        source,
        "%s must be a whole number >= %d%s, got '%s'".formatted(key, least, unit, option));
    return Integer.parseInt(text);
  }

  private static void require(boolean fine, String source, String what) {
    if (!fine) {
      throw new DataException(source + ": " + what);
    }
  }
}
