package org.noisescape.datasets.download;

/** Hears how a fetch is coming on; called on the fetching thread. */
@FunctionalInterface
public interface TransferProgress {
  /** Hears nothing. */
  TransferProgress SILENT = (file, bytes, total) -> {};

  /**
   * Bytes of a file are on disk, those of earlier attempts included. The count falls where a server
   * cannot resume.
   *
   * @param file name of the file being fetched
   * @param bytes on disk by now
   * @param total length of the whole file
   */
  void transferred(String file, long bytes, long total);

  /** Another process fetches into the same folder; this one waits for it. */
  default void waiting(String folder) {}

  /** Something did not work and something else is tried: one line. */
  default void retrying(String reason) {}
}
