package org.noisescape.experiments.frame;

/** Which replicas of its ensembles a run of an experiment computes itself. */
public sealed interface ReplicaShare permits ReplicaShare.Whole, BlockShare, EnsembleBlocks {
  /** All of them. */
  ReplicaShare WHOLE = new Whole();

  /** All of them. */
  record Whole() implements ReplicaShare {}
}
