package org.noisescape.datasets.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WriteFailure;

/**
 * Puts the verified contents of a fetched archive in their place: each file is checked before it
 * gets its name, and gets it in one step.
 */
public final class ArchiveContents {
  private ArchiveContents() {}

  /**
   * A file wanted from an archive.
   *
   * @param bytes its length
   * @param digest of its bytes
   */
  public record Wanted(long bytes, Digest digest) {}

  /**
   * Keeps a gzip file as it is, once its contents are checked.
   *
   * @param part the fetched file, which is moved
   * @param target its final name
   */
  public static void installGzip(Path part, Path target, Digest contents) throws DownloadException {
    Digest actual;
    try (InputStream in = new GZIPInputStream(InputFile.stream(part))) {
      actual = contents.of(in);
    } catch (IOException e) {
      throw new DownloadException(part + ": cannot be unpacked: " + FileErrors.reason(e), e);
    }
    if (!actual.equals(contents)) {
      throw new DownloadException(
          part + ": its contents should have " + contents + " but have " + actual);
    }
    Disk.publish(part, target);
    deleteOrigin(part);
  }

  /**
   * Takes the wanted files out of a tar.gz and deletes it. Whatever else it holds is left out; an
   * entry that is no plain file or folder, or whose path leaves the archive, is an error.
   *
   * @param part the fetched archive
   * @param folder where the files go
   * @param wanted file name without folders → what it must be
   */
  public static void installTar(Path part, Path folder, Map<String, Wanted> wanted)
      throws DownloadException {
    Disk.requireFree(folder, wanted.values().stream().mapToLong(Wanted::bytes).sum());
    Set<String> found = new HashSet<>();
    try (InputStream raw = new BufferedInputStream(InputFile.stream(part), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw, 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        checkHarmless(part, entry);
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && wanted.containsKey(name)) {
          if (!found.add(name)) {
            throw new DownloadException(part + ": holds " + name + " twice");
          }
          if (entry.getSize() != wanted.get(name).bytes()) {
            throw new DownloadException(
                part
                    + ": "
                    + name
                    + " should have "
                    + wanted.get(name).bytes()
                    + " bytes but has "
                    + entry.getSize());
          }
          install(part, tar, folder, name, wanted.get(name));
        }
      }
    } catch (DownloadException e) {
      throw e;
    } catch (IOException e) {
      throw new DownloadException(part + ": cannot be unpacked: " + FileErrors.reason(e), e);
    }
    Set<String> missing = new TreeSet<>(wanted.keySet());
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new DownloadException(part + ": holds no " + String.join(", ", missing));
    }
    delete(part);
    deleteOrigin(part);
  }

  private static void checkHarmless(Path part, TarArchiveEntry entry) throws DownloadException {
    String path = entry.getName();
    boolean plain = (entry.isFile() || entry.isDirectory()) && !entry.isLink();
    if (!plain || entry.isSymbolicLink() || entry.isSparse()) {
      throw new DownloadException(part + ": entry '" + path + "' is neither file nor folder");
    }
    boolean leaves =
        path.startsWith("/")
            || path.contains("\\")
            || path.contains(":")
            || List.of(path.split("/")).contains("..");
    if (leaves) {
      throw new DownloadException(part + ": entry '" + path + "' leads out of the archive");
    }
  }

  private static void install(Path part, InputStream in, Path folder, String name, Wanted wanted)
      throws DownloadException {
    Path file = folder.resolve(name);
    MessageDigest message = wanted.digest().begin();
    try {
      WholeFile.write(
          file,
          channel -> {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), message);
            in.transferTo(out);
            Digest actual = Digest.finish(message);
            if (!actual.equals(wanted.digest())) {
              throw new Mismatch(
                  part + ": " + name + " should have " + wanted.digest() + " but has " + actual);
            }
          });
    } catch (WriteFailure e) {
      if (e.getCause() instanceof Mismatch other) {
        throw new DownloadException(other.getMessage(), e);
      }
      throw new DownloadException(
          part + ": " + e.getMessage() + "; the archive is kept: make room and fetch again", e);
    }
  }

  /** The archive holds other bytes than it should. */
  private static final class Mismatch extends IOException {
    private static final long serialVersionUID = 1;

    Mismatch(String message) {
      super(message);
    }
  }

  private static void deleteOrigin(Path part) throws DownloadException {
    delete(part.resolveSibling(part.getFileName() + ".origin"));
  }

  private static void delete(Path file) throws DownloadException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DownloadException("cannot delete " + file + ": " + FileErrors.reason(e), e);
    }
  }
}
