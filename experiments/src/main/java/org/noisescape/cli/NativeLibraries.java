package org.noisescape.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to say where native libraries cannot be unpacked or loaded. */
final class NativeLibraries {
  /** Lists of folders that were looked through. */
  private static final Pattern FOLDERS = Pattern.compile(" in java\\.library\\.path.*");

  /** What the linker says of a library of the system. */
  private static final Pattern MISSING =
      Pattern.compile("(?:^|: )([^\\s:/]+): cannot open shared object file");

  private NativeLibraries() {}

  /** One line that names the reason and where the libraries may be unpacked instead. */
  static String complaint(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    Matcher missing = MISSING.matcher(reason);
    if (missing.find()) {
      return "native libraries cannot be loaded: this machine has no %s: install it (of Debian and Ubuntu: package libstdc++6 for libstdc++.so.6)"
          .formatted(missing.group(1));
    }
    return "native libraries cannot be unpacked or loaded ("
        + FOLDERS.matcher(reason).replaceFirst("")
        + "): name a folder with 200 MB of space that may be written and executed, with"
        + " NOISESCAPE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";
  }
}
