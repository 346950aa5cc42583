package org.noisescape.experiments.frame;

/** A block of replicas has come to where it is of no use any more. */
final class BlockEnd extends RuntimeException {
  private static final long serialVersionUID = 1;

  BlockEnd() {
    super("the block is done", null, false, false);
  }
}
