package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of run folders where the user gives none. */
final class RunNames {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /** File systems end names at 255 bytes. */
  private static final int LONGEST = 120;

  private RunNames() {}

  /** A folder under {@code runs} that is not there yet: the time, then what is run. */
  static Path fresh(String what) {
    String all = what.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^-|-$", "");
    String plain = all.length() > LONGEST ? all.substring(0, LONGEST) : all;
    String name = LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + "-" + plain;
    Path folder = Path.of("runs", name);
    for (int n = 2; Files.exists(folder); n++) {
      folder = Path.of("runs", name + "-" + n);
    }
    return folder;
  }
}
