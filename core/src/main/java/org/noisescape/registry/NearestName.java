package org.noisescape.registry;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Suggests the known name nearest to a mistyped one.
 *
 * <p>Distance: insertions, deletions, substitutions and swaps of neighbours, upper and lower case
 * alike (optimal string alignment; Damerau 1964). A name farther than a third of its length, and
 * than two edits, is no suggestion, unless one is the beginning of the other.
 */
public final class NearestName {
  private static final int SHORTEST_PREFIX = 3;

  /** Names that are more than a glance. */
  private static final int LONG_LIST = 16;

  private NearestName() {}

  /** The nearest candidate, the first of equals; empty where none is near. */
  public static Optional<String> of(String given, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(given.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      int allowed = Math.max(2, candidate.length() / 3);
      if (distance >= Math.max(given.length(), candidate.length())) {
        continue;
      }
      if ((distance <= allowed || isPrefix(given, candidate)) && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The line for an unknown name: {@code unknown target 'one_hot', did you mean 'one-hot'? (known:
   * …)}. Where one is near, a long list of the others is left out.
   *
   * @param kind what is named, such as "data set"
   */
  public static String unknown(String kind, String given, Collection<String> candidates) {
    Optional<String> near = of(given, candidates);
    String line =
        "unknown %s '%s'%s"
            .formatted(kind, given, near.map(", did you mean '%s'?"::formatted).orElse(""));
    return near.isPresent() && candidates.size() > LONG_LIST
        ? line
        : "%s (known: %s)".formatted(line, String.join(", ", candidates));
  }

  private static boolean isPrefix(String given, String candidate) {
    return given.length() >= SHORTEST_PREFIX
        && candidate.length() >= SHORTEST_PREFIX
        && (candidate.startsWith(given) || given.startsWith(candidate));
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
