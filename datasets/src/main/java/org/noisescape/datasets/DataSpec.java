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
 */
record DataSpec(String source, String options, ImageTransform transform) {
  static final String IDX = "idx:";
  static final String CIFAR = "cifar:";

  /** Options of every set of images, for messages. */
  static final List<String> TRANSFORMS = List.of("grey", "size");

  private static final String CLASSES = "classes";

  /**
   * Takes a specification apart.
   *
   * @throws DataException where grey or size make no sense
   */
  static DataSpec parse(String spec) {
    boolean folder = isFolder(spec);
    int end = folder ? endOfFolder(spec) : colon(spec);
    String source = spec.substring(0, end);
    String after = end == spec.length() ? "" : spec.substring(end + 1);
    List<String> others = new ArrayList<>();
    boolean grey = false;
    Optional<Integer> size = Optional.empty();
    for (String option : after.isEmpty() ? List.<String>of() : List.of(after.split(",", -1))) {
      switch (key(option)) {
        case "grey" -> {
          require(!grey, source, "option grey is given twice");
          require(option.equals("grey"), source, "grey takes no value, got '" + option + "'");
          grey = true;
        }
        case "size" -> {
          require(size.isEmpty(), source, "option size is given twice");
          size = Optional.of(size(source, option));
        }
        default -> others.add(option);
      }
    }
    return new DataSpec(source, String.join(",", others), new ImageTransform(grey, size));
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

  private static int size(String source, String option) {
    String text = option.substring(Math.min(option.length(), "size=".length()));
    boolean number = text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1;
    require(number, source, "size must be a whole number >= 1 of pixels, got '" + option + "'");
    return Integer.parseInt(text);
  }

  private static void require(boolean fine, String source, String what) {
    if (!fine) {
      throw new DataException(source + ": " + what);
    }
  }
}
