package org.noisescape.experiments.frame;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the blocks that ensembles are parted into, as evenly as may be.
 *
 * @param index from 0
 * @param of how many there are
 */
public record ReplicaBlock(int index, int of) {
  /** More are a mistake. */
  public static final int MOST = 100_000;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /** Checks the numbers. */
  public ReplicaBlock {
    if (of < 1 || of > MOST || index < 0 || index >= of) {
      throw new IllegalArgumentException(
          "a block must be one of 1 to %d, got %d/%d"
              .formatted(Math.clamp(of, 1, MOST), index + 1, of));
    }
  }

  /** Reads {@code 3/16}, which is the third of sixteen. */
  public static ReplicaBlock parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a block is written as 3/16, the third of sixteen; got '" + text + "'");
    }
    return new ReplicaBlock(
        Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)));
  }

  /** As it is written. */
  public String text() {
    return index + 1 + "/" + of;
  }

  /** Name of its folder. */
  String name() {
    return String.format(Locale.ROOT, "%03d-of-%03d", index + 1, of);
  }

  /**
   * The first of its replicas.
   *
   * @param replicas of the ensemble
   */
  int first(int replicas) {
    return (int) ((long) index * replicas / of);
  }

  /** How many it has; none where there are more blocks than replicas. */
  int count(int replicas) {
    return (int) ((index + 1L) * replicas / of) - first(replicas);
  }
}
