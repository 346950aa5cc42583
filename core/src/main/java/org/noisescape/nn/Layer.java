package org.noisescape.nn;

import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.Tensor;

/** A layer as a description: shapes and parameters, no memory. */
public interface Layer {
  /**
   * Shape of one output sample.
   *
   * @param input shape of one input sample: (D) or channels-last (H, W, C)
   * @throws IllegalArgumentException where the layer cannot take that input
   */
  int[] outputShape(int[] input);

  /** Parameters in their order within θ, named as PyTorch names them. */
  List<ParameterSpec> parameters(int[] input);

  /**
   * Reserves scratch memory and prepares the rules.
   *
   * @param wiring where input, output and cotangents live
   * @param following activation to apply to the output; IDENTITY unless {@link #fuses}
   */
  BoundLayer bind(Wiring wiring, Activation following);

  /** Elements of all activations of one sample, the output included. */
  default long activationSize(int[] input) {
    return Tensor.elements(outputShape(input));
  }

  /**
   * Running statistics in their order, kept beside θ and never differentiated; none but for batch
   * normalisation.
   */
  default List<ParameterSpec> runningStatistics(int[] input) {
    return List.of();
  }

  /** Whether bind can take over an activation that follows this layer. */
  default boolean fuses(Activation activation) {
    return false;
  }

  /**
   * Whether the output is piecewise linear in the input, and in each single parameter: its second
   * derivatives vanish almost everywhere in the input and on the diagonal in the parameters. Batch
   * normalisation counts as what it is with running statistics; with a batch's own it is not.
   */
  default boolean isPiecewiseLinear() {
    return false;
  }

  /**
   * Whether the rules read the output after the forward pass, bound without an activation of its
   * own; where they do not, another may go on with that memory.
   */
  default boolean readsOutput() {
    return false;
  }

  /** Whether a training pass draws random numbers, and an evaluation is y = x. */
  default boolean draws() {
    return false;
  }

  /** Whether the output is the input's memory under another shape, so that bind is never called. */
  default boolean isView(int[] input) {
    return false;
  }

  /**
   * The layer as a chain of dense layers that reads inputs in the order of their memory, if it is
   * one.
   *
   * @param input shape of one input sample
   */
  default Optional<DenseChain> denseChain(int[] input) {
    return Optional.empty();
  }
}
