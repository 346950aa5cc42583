package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of intermediate arrays: an ND4J workspace that grows to the largest operation and is
 * reused by the next one. Arrays made inside must not leave it.
 */
final class Scratch {
  private static final String NAME = "noisescape";
  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policySpill(SpillPolicy.REALLOCATE)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .build();

  private Scratch() {}

  /** Runs an operation whose intermediate arrays live in the workspace. */
  static void during(Runnable operation) {
    MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, NAME);
    try {
      operation.run();
    } finally {
      workspace.close();
    }
  }

  /** Runs an operation whose arrays live on, whatever workspace is active. */
  static void outside(Runnable operation) {
    MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
    try {
      operation.run();
    } finally {
      none.close();
    }
  }

  /** Gives the calling thread's workspace back. */
  static void release() {
    Nd4j.getWorkspaceManager()
        .destroyWorkspace(
            Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(CONFIGURATION, NAME));
  }
}
