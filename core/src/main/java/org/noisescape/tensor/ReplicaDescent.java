package org.noisescape.tensor;

/**
 * Plain SGD of R replicas as one program that runs many steps, a replica or a few at a time: θ_r ←
 * θ_r − η_r ∇ℓ of the mini-batch, first passages of the full loss on the way.
 *
 * <p>Features and targets stay as they are from the first step on: an engine may keep a copy.
 *
 * <p>A replica that has passed its last threshold stays where it is. Its mini-batches are those of
 * {@link RandomFill}, so that a replica goes the same way, up to rounding, as through the families
 * of operations, and to the last bit for any number of threads and any company of other replicas.
 */
public interface ReplicaDescent {
  /**
   * Looks at the loss of every replica that moves, and notes first passages at the present step.
   */
  void look();

  /** Does some steps with every replica that moves, and looks whenever the step divides. */
  void advance(int steps);
}
