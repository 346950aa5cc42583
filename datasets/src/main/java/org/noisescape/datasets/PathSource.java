package org.noisescape.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noisescape.registry.NearestName;

/**
 * Data in files of the user's, named by where they lie: {@code idx:DIR}, {@code npz:FILE}.
 *
 * @param word what stands before the colon
 * @param folder whether a folder is named, else a file
 * @param description one line
 * @param options what it can be told, besides the options of all images; those it shares with them
 *     it sees to itself
 * @param reader of the files
 */
public record PathSource(
    String word, boolean folder, String description, List<String> options, Reader reader) {

  /** Reads what was asked for. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Makes a data set of files; each data set records their digests by their names.
     *
     * @throws DataException for whatever is wrong, in one line
     */
    DatasetPair read(Request request);
  }

  /**
   * What a reader is asked for.
   *
   * @param spec as users wrote it, the name of the data
   * @param path the file or folder, which is there
   * @param options what it says behind the path
   * @param cache a folder for what is dear to make again, which need not exist
   * @param reading hears how it is coming on
   */
  public record Request(
      String spec, Path path, SpecOptions options, Path cache, ReadingProgress reading) {}

  /** All of them, in the order of the listing. */
  static final List<PathSource> ALL =
      List.of(
          new PathSource(
              "idx",
              true,
              "a folder of files in the format of MNIST; options classes=, size=",
              List.of("classes"),
              FolderReader::idx),
          new PathSource(
              "cifar",
              true,
              "a folder of files in the binary format of CIFAR; options grey, size=",
              List.of(),
              FolderReader::cifar),
          new PathSource(
              "npz",
              false,
              "arrays of NumPy, x_train and y_train, as Keras keeps them; options x=, y=, x-test=, y-test=, layout=, task=, test=",
              NpzReader.OPTIONS,
              NpzReader::read),
          new PathSource(
              "images",
              true,
              "PNG and JPEG pictures, a folder a class or names such as cat.0.jpg; options size=, fit=, filter=, grey, test=",
              ImagesReader.OPTIONS,
              ImagesReader::read),
          new PathSource(
              "csv",
              false,
              "a table; options target=COLUMN, task=, drop=, test-file=, test=, header=, separator=",
              CsvReader.OPTIONS,
              CsvReader::read));

  /** Checks the options. */
  public PathSource {
    options = List.copyOf(options);
  }

  /** The source that a specification begins with. */
  static Optional<PathSource> of(String spec) {
    return ALL.stream().filter(source -> spec.startsWith(source.prefix())).findFirst();
  }

  /** What it is written with, colon included. */
  String prefix() {
    return word + ":";
  }

  /** How it is written: {@code npz:FILE}. */
  public String usage() {
    return prefix() + (folder ? "DIR" : "FILE");
  }

  /** Whether a word before an equals sign is an option behind the path. */
  boolean knows(String option) {
    return options.contains(option) || DataSpec.TRANSFORMS.contains(option);
  }

  /**
   * Reads the data.
   *
   * @param spec as users wrote it
   * @param text the path, as in it
   * @param told the options that are not those of all images
   * @throws DataException for whatever is wrong, in one line
   */
  DatasetPair load(String spec, String text, String told, DataLocation where) {
    if (text.isBlank()) {
      throw new DataException(
          "%s: name the %s after the colon, as in %s"
              .formatted(spec, folder ? "folder" : "file", usage()));
    }
    Path path = found(Path.of(text), where);
    requireThere(spec, path, text);
    SpecOptions parsed = new SpecOptions(spec, told, known());
    DatasetPair pair = reader.read(new Request(spec, path, parsed, where.cache(), where.reading()));
    pair.test().ifPresent(Dataset::requireFinite);
    return new DatasetPair(pair.train().requireFinite(), pair.test());
  }

  private static Path found(Path given, DataLocation where) {
    if (Files.exists(given)) {
      return given;
    }
    return where.searchFolders().stream()
        .map(each -> each.resolve(given))
        .filter(Files::exists)
        .findFirst()
        .orElse(given);
  }

  private void requireThere(String spec, Path path, String text) {
    if (folder ? Files.isDirectory(path) : Files.exists(path) && !Files.isDirectory(path)) {
      return;
    }
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
      Path before = Path.of(text.substring(0, comma));
      if (!Files.exists(path) && !before.toString().isEmpty() && Files.exists(before)) {
        String key =
            Stream.of(text.substring(comma + 1).split(","))
                .map(option -> option.replaceFirst("=.*", ""))
                .filter(option -> !knows(option))
                .findFirst()
                .orElse("");
        throw new DataException(NearestName.unknown("option of " + word, key, known()));
      }
    }
    String wrong = folder ? " is a file, not a folder" : " is a folder, not a file";
    throw new DataException(
        "%s: %s%s; name the %s"
            .formatted(
                spec,
                path,
                Files.exists(path) ? wrong : " does not exist",
                folder ? "folder that holds the files" : "file"));
  }

  private List<String> known() {
    return Stream.concat(options.stream(), DataSpec.TRANSFORMS.stream()).distinct().toList();
  }
}
