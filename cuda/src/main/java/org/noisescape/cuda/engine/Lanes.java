package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Kernel;

/** Threads that work on one short row together; a function of its length only. */
final class Lanes {
  private static final int WARP = 32;

  /** Rows longer than this get a block. */
  private static final int LONGEST_OF_WARP = 512;

  private Lanes() {}

  /** At most a warp. */
  static int ofWarp(long width) {
    return powerOfTwo(width, WARP);
  }

  /** At most a warp, or a whole block for long rows. */
  static int warpOrBlock(long width) {
    return width > LONGEST_OF_WARP ? Kernel.THREADS : ofWarp(width);
  }

  /** Up to a block, where lanes do not speak to each other. */
  static int apart(long width) {
    return powerOfTwo(width, Kernel.THREADS);
  }

  /** The smallest power of two from the width on, up to a limit that is one. */
  static int powerOfTwo(long width, int limit) {
    int lanes = 1;
    while (lanes < limit && lanes < width) {
      lanes *= 2;
    }
    return lanes;
  }
}
