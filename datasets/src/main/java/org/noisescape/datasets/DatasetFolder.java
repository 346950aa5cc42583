package org.noisescape.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.FileCheck.State;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.FileErrors;

/**
 * A folder that holds files of a catalogue entry.
 *
 * @param entry whose files
 * @param path the folder
 */
record DatasetFolder(CatalogueEntry entry, Path path) {
  /**
   * The first folder that holds all files of an entry, else the first that holds some. In each of
   * the given folders the entry's own folder comes before the folder itself.
   */
  static Optional<DatasetFolder> find(CatalogueEntry entry, List<Path> folders) {
    List<DatasetFolder> partial = new ArrayList<>();
    for (Path folder : folders) {
      for (Path candidate : List.of(folder.resolve(entry.folder().orElseThrow()), folder)) {
        DatasetFolder found = new DatasetFolder(entry, candidate);
        long present = found.present();
        if (present == entry.contents().size()) {
          return Optional.of(found);
        }
        if (present > 0) {
          partial.add(found);
        }
      }
    }
    return partial.stream().findFirst();
  }

  /**
   * The file of that name, or, of idx files, with {@code .gz} (which comes first); empty where
   * there is neither.
   */
  static Optional<Path> file(Path folder, String name) {
    Path compressed = folder.resolve(name + ".gz");
    if (!name.endsWith(".bin") && Files.isRegularFile(compressed)) {
      return Optional.of(compressed);
    }
    Path plain = folder.resolve(name);
    return Files.isRegularFile(plain) ? Optional.of(plain) : Optional.empty();
  }

  /** How many of the entry's files are there. */
  long present() {
    return entry.contents().stream().filter(c -> file(path, c.name()).isPresent()).count();
  }

  /** Bytes of the entry's files that are there. */
  long bytes() {
    long bytes = 0;
    for (Content content : entry.contents()) {
      Optional<Path> file = file(path, content.name());
      try {
        bytes += file.isPresent() ? Files.size(file.get()) : 0;
      } catch (IOException e) {
        throw new DataException(file.get() + ": cannot be read: " + FileErrors.reason(e), e);
      }
    }
    return bytes;
  }

  /** Digests every file. */
  List<FileCheck> check() {
    return entry.contents().stream()
        .map(content -> check(content, file -> DataFile.digestOf(file, content.digest())))
        .toList();
  }

  /**
   * Digests every file and refuses what is wrong or missing.
   *
   * @throws DataException naming the first file that is not the catalogue's
   */
  void require() {
    require(check());
  }

  /**
   * Refuses data read from this folder whose digests are not the catalogue's.
   *
   * @throws DataException naming the first file that is not the catalogue's
   */
  void require(DatasetPair read) {
    Map<String, String> digests = new HashMap<>(read.train().digests());
    read.test().ifPresent(test -> digests.putAll(test.digests()));
    require(
        entry.contents().stream()
            .map(content -> check(content, file -> recorded(file, digests.get(content.name()))))
            .toList());
  }

  private Digest recorded(Path file, String digest) {
    if (digest == null) {
      throw new DataException(
          file + ": the reader of " + entry.name() + " records no digest of it");
    }
    return Digest.parse(digest);
  }

  private void require(List<FileCheck> checks) {
    for (FileCheck check : checks) {
      if (check.state() == State.MISMATCH || check.state() == State.UNREADABLE) {
        throw new DataException(check.detail());
      }
    }
    List<String> missing =
        checks.stream()
            .filter(check -> check.state() == State.MISSING)
            .map(check -> check.path().getFileName().toString())
            .toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          path
              + " lacks "
              + String.join(", ", missing)
              + " of "
              + entry.name()
              + ": fetch it with 'data fetch "
              + entry.name()
              + "'"
              + asFolder().map(", or use %s to take the folder as it is"::formatted).orElse(""));
    }
  }

  /** What to write to use this folder without regard to digests, where its files tell a format. */
  private Optional<String> asFolder() {
    String file = entry.contents().getFirst().name();
    if (file.endsWith("-ubyte")) {
      return Optional.of("idx:" + path);
    }
    return file.endsWith(".bin") ? Optional.of("cifar:" + path) : Optional.empty();
  }

  private FileCheck check(Content content, Function<Path, Digest> digests) {
    String expected = content.digest().toString();
    Optional<Path> file = file(path, content.name());
    if (file.isEmpty()) {
      Path where = path.resolve(content.name());
      return new FileCheck(
          where, State.MISSING, expected, Optional.empty(), where + ": no such file");
    }
    String actual;
    try {
      actual = digests.apply(file.get()).toString();
    } catch (DataException e) {
      return new FileCheck(
          file.get(), State.UNREADABLE, expected, Optional.empty(), e.getMessage());
    }
    if (actual.equals(expected)) {
      return new FileCheck(file.get(), State.VERIFIED, expected, Optional.of(actual), "");
    }
    return new FileCheck(
        file.get(),
        State.MISMATCH,
        expected,
        Optional.of(actual),
        file.get()
            + ": not the file of "
            + entry.name()
            + ": its contents should have "
            + expected
            + " but have "
            + actual
            + KnownDatasets.ownerOf(actual).map(owner -> " (that of " + owner + ")").orElse("")
            + "; use "
            + asFolder().map("%s to take the folder as it is, or "::formatted).orElse("")
            + "another data folder");
  }
}
