package org.noisescape.experiments.frame;

/** Which replicas of its ensembles a run of an experiment computes itself. */
public sealed interface ReplicaShare permits ReplicaShare.Whole, ReplicaBlock, EnsembleBlocks {
  /** All of them. */
  ReplicaShare WHOLE = new Whole();

  /** All of them. */
  record Whole() implements ReplicaShare {}
}
