package org.noisescape.cli;

import java.util.regex.Pattern;

/** What to say where native libraries cannot be unpacked or loaded. */
final class NativeLibraries {
  /** Lists of folders that were looked through. */
  private static final Pattern FOLDERS = Pattern.compile(" in java\\.library\\.path.*");

  private NativeLibraries() {}

  /** One line that names the reason and where the libraries may be unpacked instead. */
  static String complaint(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return "native libraries cannot be unpacked or loaded ("
        + FOLDERS.matcher(reason).replaceFirst("")
        + "): name a folder with 200 MB of space that may be written and executed, with"
        + " NOISESCAPE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";
  }
}
