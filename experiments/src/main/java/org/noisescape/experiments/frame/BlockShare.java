package org.noisescape.experiments.frame;

/** A run computes one block of the replicas of each of its ensembles, and nothing else of use. */
public final class BlockShare implements ReplicaShare {
  private final ReplicaBlock block;
  private int ensembles;

  /** For a block. */
  public BlockShare(ReplicaBlock block) {
    this.block = block;
  }

  ReplicaBlock block() {
    return block;
  }

  /** Its replicas of another ensemble are computed. */
  void computed() {
    ensembles++;
  }

  /** How many ensembles it has computed its replicas of. */
  int ensembles() {
    return ensembles;
  }
}
