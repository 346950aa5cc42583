package org.noisescape.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A specification taken apart: {@code digits:train=100,size=7} or {@code idx:DIR,classes=47,grey}.
 *
 * @param source a name, {@code idx:DIR} or {@code cifar:DIR}
 * @param options what else the source is told, with commas, such as {@code train=100}
 * @param transform of the images
 * @param selection of classes, if there is one
 * @param shuffle of training labels, if there is one
 */
record DataSpec(
    String source,
    String options,
    ImageTransform transform,
    Optional<ClassSelection> selection,
    Optional<LabelShuffle> shuffle) {
  static final String IDX = "idx:";
  static final String CIFAR = "cifar:";

  private static final String SHUFFLED_FROM = "shuffled-from";
  private static final String SHUFFLE_SEED = "shuffle-seed";
  private static final String ONLY = "only";

  /** Options of every set of images, for messages. */
  static final List<String> TRANSFORMS = List.of("grey", "size", ONLY, SHUFFLED_FROM, SHUFFLE_SEED);

  private static final String CLASSES = "classes";

  /**
   * Takes a specification apart.
   *
   * @throws DataException where grey, size or a shuffle make no sense
   */
  static DataSpec parse(String spec) {
    boolean folder = isFolder(spec);
    int end = folder ? endOfFolder(spec) : colon(spec);
    String source = spec.substring(0, end);
    String after = end == spec.length() ? "" : spec.substring(end + 1);
    require(
        end == spec.length() || !after.isBlank(),
        source,
        "no option follows in '" + spec + "': leave out its last character");
    List<String> others = new ArrayList<>();
    boolean grey = false;
    Optional<Integer> size = Optional.empty();
    Optional<ClassSelection> selection = Optional.empty();
    Optional<Integer> shuffledFrom = Optional.empty();
    Optional<Integer> shuffleSeed = Optional.empty();
    for (String option : after.isEmpty() ? List.<String>of() : List.of(after.split(",", -1))) {
      switch (key(option)) {
        case "grey" -> {
          require(!grey, source, "option grey is given twice");
          require(option.equals("grey"), source, "grey takes no value, got '" + option + "'");
          grey = true;
        }
        case "size" -> {
          require(size.isEmpty(), source, "option size is given twice");
          size = Optional.of(number(source, option, 4, " of pixels", 1));
        }
        case ONLY -> {
          require(selection.isEmpty(), source, "option only is given twice");
          String classes = option.substring(Math.min(option.length(), ONLY.length() + 1));
          selection = Optional.of(new ClassSelection(List.of(classes.split("\\+", -1))));
        }
        case SHUFFLED_FROM -> {
          require(shuffledFrom.isEmpty(), source, "option shuffled-from is given twice");
          shuffledFrom = Optional.of(number(source, option, 9, "", 0));
        }
        case SHUFFLE_SEED -> {
          require(shuffleSeed.isEmpty(), source, "option shuffle-seed is given twice");
          shuffleSeed = Optional.of(number(source, option, 9, "", 0));
        }
        default -> others.add(option);
      }
    }
    require(
        shuffledFrom.isPresent() || shuffleSeed.isEmpty(),
        source,
        "shuffle-seed needs shuffled-from=N, the first training sample with a shuffled label");
    int seed = shuffleSeed.orElse(0);
    return new DataSpec(
        source,
        String.join(",", others),
        new ImageTransform(grey, size),
        selection,
        shuffledFrom.map(first -> new LabelShuffle(first, seed)));
  }

  /** Whether a folder is named rather than an entry of the catalogue. */
  static boolean isFolder(String spec) {
    return spec.startsWith(IDX) || spec.startsWith(CIFAR);
  }

  /** The same with a folder that is found from here written so that it is found from everywhere. */
  static String absolute(String spec) {
    if (!isFolder(spec)) {
      return spec;
    }
    int begin = spec.indexOf(':') + 1;
    int end = endOfFolder(spec);
    Path folder = Path.of(spec.substring(begin, end));
    return Files.isDirectory(folder) && !folder.toString().isEmpty()
        ? spec.substring(0, begin) + folder.toAbsolutePath().normalize() + spec.substring(end)
        : spec;
  }

  /** A folder may have commas in its name: only options that exist end it. */
  private static int endOfFolder(String spec) {
    int end = spec.length();
    while (true) {
      int comma = spec.lastIndexOf(',', end - 1);
      String key = comma < 0 ? "" : key(spec.substring(comma + 1, end));
      boolean classes = key.equals(CLASSES) && spec.startsWith(IDX);
      if (!TRANSFORMS.contains(key) && !classes) {
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

  /** The whole number of {@code key=number}. */
  private static int number(String source, String option, int digits, String unit, int least) {
    String key = key(option);
    String text = option.substring(Math.min(option.length(), key.length() + 1));
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
