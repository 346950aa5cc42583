package org.noisescape.cuda.bind;

import java.util.ArrayList;
import java.util.List;

/** File names of libraries whose names end in CUDA's major version. */
final class NativeFiles {
  private static final int OLDEST_MAJOR = 12;
  private static final int NEWEST_MAJOR = 13;

  private NativeFiles() {}

  /** Names for the major versions that a driver runs, the newest first. */
  static List<String> versions(String stem, int newestMajor) {
    List<String> names = new ArrayList<>();
    for (int major = Math.min(newestMajor, NEWEST_MAJOR); major >= OLDEST_MAJOR; major--) {
      names.add(stem + major);
    }
    return names;
  }
}
