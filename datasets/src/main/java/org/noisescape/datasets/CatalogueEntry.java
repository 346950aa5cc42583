package org.noisescape.datasets;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.noisescape.datasets.download.Digest;

/**
 * What is known of a data set before it is there.
 *
 * @param name the name users write
 * @param description one line
 * @param trainSize number of training samples, 0 where the user chooses
 * @param testSize number of test samples
 * @param source who made it, and where it is described
 * @param licence under which terms
 * @param folder name of its folder inside a data folder, empty for data made by code
 * @param archives the files to download, empty for data made by code
 */
public record CatalogueEntry(
    String name,
    String description,
    int trainSize,
    int testSize,
    String source,
    String licence,
    Optional<String> folder,
    List<Archive> archives) {

  /** Checks that a folder and archives come together. */
  public CatalogueEntry {
    archives = List.copyOf(archives);
    if (folder.isPresent() == archives.isEmpty()) {
      throw new IllegalArgumentException(name + ": a folder needs archives and the reverse");
    }
  }

  /** Whether the data are made by code, so that there is nothing to fetch. */
  public boolean embedded() {
    return folder.isEmpty();
  }

  /** Bytes to download, 0 for embedded data. */
  public long downloadBytes() {
    return archives.stream().mapToLong(Archive::bytes).sum();
  }

  /** All files that a complete data set consists of. */
  public List<Content> contents() {
    return archives.stream().flatMap(archive -> archive.contents().stream()).toList();
  }

  /**
   * A file to download: gzip of its only content, or a tar.gz.
   *
   * @param name file name
   * @param bytes length
   * @param digest of the file as downloaded
   * @param mirrors where to get it, in the order of trial
   * @param contents what the reader needs of it
   */
  public record Archive(
      String name, long bytes, Digest digest, List<URI> mirrors, List<Content> contents) {
    /** Copies the lists. */
    public Archive {
      mirrors = List.copyOf(mirrors);
      contents = List.copyOf(contents);
    }

    /** Whether this is a tar.gz with several files rather than one compressed file. */
    public boolean isTar() {
      return name.endsWith(".tar.gz");
    }
  }

  /**
   * A file that is read, uncompressed.
   *
   * @param name file name without {@code .gz}
   * @param bytes length
   * @param digest of the uncompressed bytes
   */
  public record Content(String name, long bytes, Digest digest) {}
}
