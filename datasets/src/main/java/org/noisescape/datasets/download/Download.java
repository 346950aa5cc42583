package org.noisescape.datasets.download;

import java.net.URI;
import java.util.List;

/**
 * A file to fetch.
 *
 * @param fileName its name on disk, without folders
 * @param bytes its length
 * @param digest of its bytes
 * @param mirrors where to get it, in the order of trial
 */
public record Download(String fileName, long bytes, Digest digest, List<URI> mirrors) {
  /** Checks that the name cannot leave its folder. */
  public Download {
    mirrors = List.copyOf(mirrors);
    if (fileName.isEmpty() || fileName.contains("/") || fileName.contains("\\")) {
      throw new IllegalArgumentException("a download needs a plain file name, got " + fileName);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("a download has at least one byte, got " + bytes);
    }
    if (mirrors.isEmpty()) {
      throw new IllegalArgumentException(fileName + " needs at least one mirror");
    }
  }
}
