package org.noisescape.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.datasets.DataStatus.Presence;
import org.noisescape.datasets.download.Downloader;
import org.noisescape.datasets.download.Pause;
import org.noisescape.datasets.download.RetryPolicy;
import org.noisescape.datasets.download.TransferProgress;
import org.noisescape.registry.NearestName;
import org.noisescape.registry.Registry;

/**
 * The data sets by name, and files of the user's by the words of {@link PathSource}.
 *
 * <p>A named data set is the published one, byte for byte, or an error; files are taken as they are
 * and their digests are recorded. Loading reads, it never fetches.
 */
public final class Catalogue {
  private static final Registry<DatasetProvider> REGISTRY =
      new Registry<>(
          "data set",
          DatasetProvider.class,
          provider -> provider.entry().name(),
          KnownDatasets.BUILT_IN);

  private Catalogue() {}

  /** All entries, in the order of the listing. */
  public static List<CatalogueEntry> entries() {
    return REGISTRY.all().stream().map(DatasetProvider::entry).toList();
  }

  /** The names of all entries. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** What reads files of the user's, in the order of the listing. */
  public static List<PathSource> pathSources() {
    return PathSource.ALL;
  }

  /**
   * The entry of a name; options such as {@code digits:seed=1} or {@code mnist:size=14} may follow.
   *
   * @throws DataException with the nearest name where there is none such
   */
  public static CatalogueEntry entry(String name) {
    return provider(name).entry();
  }

  private static DatasetProvider provider(String name) {
    DataSpec spec = DataSpec.parse(name);
    Optional<DatasetProvider> found = REGISTRY.find(spec.source());
    if (found.isEmpty()) {
      List<String> known = new ArrayList<>(names());
      PathSource.ALL.forEach(source -> known.add(source.usage()));
      throw new DataException(NearestName.unknown("data set", name, known));
    }
    CatalogueEntry entry = found.get().entry();
    if (!entry.embedded()) {
      SpecOptions.requireNone(entry.name(), spec.options(), DataSpec.TRANSFORMS);
    }
    return found.get();
  }

  /**
   * Reads a data set into memory.
   *
   * @param spec a name, or a path as in {@code idx:DIR}, with options: {@code mnist:size=14},
   *     {@code cifar:DIR,grey,size=7}, {@code idx:DIR,classes=K} (10 classes unless told), {@code
   *     mnist:shuffled-from=40000}, {@code mnist:noisy-labels=0.2}
   * @param where the folders to look in; a relative path is also looked for in them
   * @throws DataException for whatever is wrong, in one line
   */
  public static DatasetPair load(String spec, DataLocation where) {
    DataSpec parts = DataSpec.parse(spec);
    where.reading().began();
    try {
      return parts.change(stored(spec, parts, where));
    } finally {
      where.reading().ended();
    }
  }

  /**
   * Requires that a shuffle of labels reaches the first samples, if only those are taken.
   *
   * @throws DataException where it would be without effect
   */
  public static void requireShuffleWithin(String spec, int subset) {
    DataSpec.parse(spec)
        .shuffle()
        .filter(shuffle -> shuffle.first() >= subset)
        .ifPresent(
            shuffle -> {
              throw new DataException(
                  "%s: shuffled-from=%d begins behind the %d samples that are taken"
                      .formatted(spec, shuffle.first(), subset));
            });
  }

  /**
   * The same specification, with a path that is found from here written so that it is found from
   * everywhere.
   */
  public static String absolute(String spec) {
    return DataSpec.absolute(spec);
  }

  private static DatasetPair stored(String spec, DataSpec parts, DataLocation where) {
    String source = parts.source();
    Optional<PathSource> path = PathSource.of(source);
    if (path.isPresent()) {
      String text = source.substring(path.get().prefix().length());
      return path.get().load(spec, text, parts.options(), where);
    }
    DatasetProvider provider = provider(spec);
    if (provider.entry().embedded()) {
      return provider.load(spec, parts.options(), Optional.empty());
    }
    DatasetFolder folder = complete(provider.entry(), where);
    DatasetPair pair = provider.load(spec, parts.options(), Optional.of(folder.path()));
    folder.require(pair);
    return pair;
  }

  /**
   * Makes sure that a named data set is on disk, fetching what is missing into {@link
   * DataLocation#fetchFolder()}.
   *
   * <p>With an explicit folder only that one counts; else a complete set in any of the folders is
   * enough. Files with other contents are never overwritten.
   *
   * @return the folder that holds the files; empty for data made by code
   * @throws DataException where a file cannot be fetched or is not what it should be
   */
  public static Optional<Path> fetch(String name, DataLocation where, TransferProgress progress) {
    CatalogueEntry entry = entry(name);
    if (entry.embedded()) {
      return Optional.empty();
    }
    Downloader downloader = new Downloader(RetryPolicy.DEFAULT, Pause.sleeping());
    return Optional.of(new EntryFetch(downloader).fetch(entry, where, progress));
  }

  /**
   * Digests the files of a named data set, where they are or, if there are none, where a fetch
   * would put them. Empty for data made by code.
   */
  public static List<FileCheck> verify(String name, DataLocation where) {
    CatalogueEntry entry = entry(name);
    if (entry.embedded()) {
      return List.of();
    }
    return DatasetFolder.find(entry, where.searchFolders())
        .orElseGet(() -> new DatasetFolder(entry, fetchTarget(entry, where)))
        .check();
  }

  /** What is there of every entry, without computing digests. */
  public static List<DataStatus> status(DataLocation where) {
    return entries().stream().map(entry -> status(entry, where)).toList();
  }

  static String list(List<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static DataStatus status(CatalogueEntry entry, DataLocation where) {
    List<Path> searched = where.searchFolders();
    if (entry.embedded()) {
      return new DataStatus(entry, Presence.EMBEDDED, Optional.empty(), 0, List.of());
    }
    Optional<DatasetFolder> found = DatasetFolder.find(entry, searched);
    if (found.isEmpty()) {
      Path target = fetchTarget(entry, where);
      return new DataStatus(entry, Presence.ABSENT, Optional.of(target), 0, searched);
    }
    boolean complete = found.get().present() == entry.contents().size();
    return new DataStatus(
        entry,
        complete ? Presence.PRESENT : Presence.INCOMPLETE,
        Optional.of(found.get().path()),
        found.get().bytes(),
        searched);
  }

  /** The folder that holds all files of an entry. */
  private static DatasetFolder complete(CatalogueEntry entry, DataLocation where) {
    where
        .explicit()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new DataException(
                  "the data folder "
                      + folder
                      + (Files.exists(folder) ? " is a file" : " does not exist")
                      + "; name the folder that holds "
                      + entry.folder().orElseThrow());
            });
    DatasetFolder folder =
        DatasetFolder.find(entry, where.searchFolders())
            .orElseThrow(() -> new MissingData(entry, where));
    if (folder.present() < entry.contents().size()) {
      folder.require();
    }
    return folder;
  }

  private static Path fetchTarget(CatalogueEntry entry, DataLocation where) {
    return where.fetchFolder().resolve(entry.folder().orElseThrow());
  }
}
