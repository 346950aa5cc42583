package org.noisescape.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noisescape.files.FileErrors;

/**
 * Which picture of a folder is of which class.
 *
 * <p>Either a folder a class, as torchvision's {@code ImageFolder}, or names with the class before
 * a number: {@code cat.0.jpg}, {@code Abyssinian_100.jpg}. A folder {@code train} is the training
 * set and one of {@code test}, {@code val}, {@code validation} beside it the test set. Classes are
 * sorted by name; samples are taken of each class in turn, in the order of their names (2 before
 * 10), so that the first n are of all classes.
 *
 * @param classes their names
 * @param train training samples
 * @param test test samples, if there are any
 */
record PictureFolder(List<String> classes, List<Sample> train, Optional<List<Sample>> test) {
  private static final List<String> TEST = List.of("test", "val", "validation");
  private static final Pattern READ = Pattern.compile("(?i).*\\.(png|jpe?g)");
  private static final Pattern NOT_READ =
      Pattern.compile("(?i).*\\.(ppm|pgm|bmp|gif|tiff?|webp|heic|avif)");
  private static final Pattern NUMBERED = Pattern.compile("(.+?)[._ -]*\\d+\\.[^.]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final int DEPTH = 32;
  private static final int NAMED = 5;

  /**
   * A picture.
   *
   * @param file where it is
   * @param name its path below the folder that was named, with slashes
   * @param label number of its class
   */
  record Sample(Path file, String name, int label) {}

  /** Looks through a folder. */
  static PictureFolder of(Path folder) {
    Path train = folder.resolve("train");
    if (!Files.isDirectory(train)) {
      SortedMap<String, List<Path>> all = classes(folder);
      return new PictureFolder(
          List.copyOf(all.keySet()), samples(folder, all, all), Optional.empty());
    }
    SortedMap<String, List<Path>> training = classes(train);
    Optional<List<Sample>> test =
        TEST.stream()
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .map(part -> samples(folder, training, classes(part)));
    return new PictureFolder(
        List.copyOf(training.keySet()), samples(folder, training, training), test);
  }

  private static List<Sample> samples(
      Path root, SortedMap<String, List<Path>> known, SortedMap<String, List<Path>> found) {
    List<String> names = List.copyOf(known.keySet());
    List<Sample> samples = new ArrayList<>();
    int longest = found.values().stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (Map.Entry<String, List<Path>> each : found.entrySet()) {
        int label = names.indexOf(each.getKey());
        if (label < 0) {
          throw new DataException(
              "%s: class '%s' has no training samples (known: %s)"
                  .formatted(root, each.getKey(), String.join(", ", names)));
        }
        if (i < each.getValue().size()) {
          Path file = each.getValue().get(i);
          samples.add(new Sample(file, slashed(root.relativize(file)), label));
        }
      }
    }
    return samples;
  }

  /** The pictures of each class, in the order of their names. */
  private static SortedMap<String, List<Path>> classes(Path folder) {
    List<Path> flat = files(folder, 1);
    SortedMap<String, List<Path>> classes = new TreeMap<>();
    for (Path each : listed(folder, Files::isDirectory)) {
      List<Path> files = files(each, DEPTH);
      if (!files.isEmpty() || flat.isEmpty()) {
        classes.put(each.getFileName().toString(), files);
      }
    }
    if (!flat.isEmpty() && !classes.isEmpty()) {
      throw wrong(
          folder,
          "holds pictures (%s) beside folders of classes (%s): move one of them"
              .formatted(flat.getFirst().getFileName(), classes.firstKey()));
    }
    List<String> empty = classes.keySet().stream().filter(k -> classes.get(k).isEmpty()).toList();
    if (classes.isEmpty() && flat.isEmpty() || empty.size() == classes.size() && flat.isEmpty()) {
      throw wrong(
          folder,
          "holds no PNG or JPEG pictures: name a folder with a folder a class, or with names such as cat.0.jpg");
    }
    if (!empty.isEmpty()) {
      throw wrong(
          folder, "no PNG or JPEG pictures of %s: remove what is no class".formatted(some(empty)));
    }
    return flat.isEmpty() ? classes : byName(folder, flat);
  }

  private static SortedMap<String, List<Path>> byName(Path folder, List<Path> flat) {
    SortedMap<String, List<Path>> classes = new TreeMap<>();
    List<String> nameless = new ArrayList<>();
    for (Path file : flat) {
      String name = file.getFileName().toString();
      Matcher matcher = NUMBERED.matcher(name);
      if (matcher.matches()) {
        classes.computeIfAbsent(matcher.group(1), key -> new ArrayList<>()).add(file);
      } else {
        nameless.add(name);
      }
    }
    if (!nameless.isEmpty()) {
      throw wrong(
          folder,
          "%s: no class in the name, which reads CLASS.NUMBER.jpg where there are no folders of classes"
              .formatted(some(nameless)));
    }
    return classes;
  }

  private static List<Path> files(Path folder, int depth) {
    try (Stream<Path> walked = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> all =
          walked
              .filter(file -> !hidden(folder.relativize(file)) && !Files.isDirectory(file))
              .sorted(Comparator.comparing(PictureFolder::counted).thenComparing(Path::toString))
              .toList();
      List<String> others =
          all.stream()
              .map(file -> file.getFileName().toString())
              .filter(name -> NOT_READ.matcher(name).matches())
              .toList();
      if (!others.isEmpty()) {
        throw wrong(folder, "%s: convert to PNG or JPEG".formatted(some(others)));
      }
      return all.stream()
          .filter(file -> READ.matcher(file.getFileName().toString()).matches())
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(folder, e.getCause());
    }
  }

  private static List<Path> listed(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !hidden(file.getFileName())).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** Whether a name on the way begins with a point, as what systems leave behind. */
  private static boolean hidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** The name with blanks before its numbers, to sort by. */
  private static String counted(Path file) {
    return DIGITS.matcher(file.toString()).replaceAll(number -> "%20s".formatted(number.group()));
  }

  private static String slashed(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }

  /** The first names of many. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? first : "%s and %d more".formatted(first, names.size() - NAMED);
  }

  private static DataException wrong(Path folder, String what) {
    return new DataException(folder + ": " + what);
  }

  private static DataException unreadable(Path folder, IOException e) {
    return new DataException(folder + ": cannot be read: " + FileErrors.reason(e), e);
  }
}
