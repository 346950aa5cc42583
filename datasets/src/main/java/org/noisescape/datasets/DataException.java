package org.noisescape.datasets;

/** Something about the data that the user can put right: one line with what, where and remedy. */
public class DataException extends IllegalArgumentException {
  /** An error without an underlying exception. */
  public DataException(String message) {
    super(message);
  }

  /** An error caused by another exception, whose message is already part of the line. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
