package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.Optional;

/** A data set that users can name; found by ServiceLoader. */
public interface DatasetProvider {
  /** What is known of it. */
  CatalogueEntry entry();

  /**
   * Reads it, or makes it.
   *
   * <p>Of files, each data set read records the digest of every file by the name of its {@link
   * CatalogueEntry.Content}; the catalogue compares them with those of the entry.
   *
   * @param spec as users wrote it
   * @param options what it says behind the colon, but for the options of every set of images; may
   *     be read as {@link SpecOptions}; empty for data of files
   * @param folder where all files of the entry are; empty for data made by code
   * @throws DataException for whatever is wrong, in one line
   */
  DatasetPair load(String spec, String options, Optional<Path> folder);

  /**
   * The uncompressed bytes of a file of an entry, which may lie there with {@code .gz}.
   *
   * @throws DataException where it is missing, damaged or of another length
   */
  static byte[] read(Path folder, CatalogueEntry.Content content) {
    Path plain = folder.resolve(content.name());
    Path path = DatasetFolder.file(folder, content.name()).orElse(plain);
    try (DataFile file = new DataFile(path)) {
      byte[] bytes = file.read(Math.toIntExact(content.bytes()), content.name());
      file.finish();
      return bytes;
    }
  }
}
