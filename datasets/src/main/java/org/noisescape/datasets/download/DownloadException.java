package org.noisescape.datasets.download;

import java.io.IOException;

/** A fetch that failed for good: one line with what, where and remedy. */
public final class DownloadException extends IOException {
  /** A failure without an underlying exception. */
  public DownloadException(String message) {
    super(message);
  }

  /** A failure caused by another exception, whose message is already part of the line. */
  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
