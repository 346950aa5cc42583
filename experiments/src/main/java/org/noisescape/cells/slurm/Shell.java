package org.noisescape.cells.slurm;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a POSIX shell. */
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private Shell() {}

  /** A word that the shell takes as it is. */
  static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Words with spaces between them. */
  static String words(List<String> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }
}
