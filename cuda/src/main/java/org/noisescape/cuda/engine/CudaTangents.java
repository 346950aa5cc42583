package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tangents;
import org.noisescape.tensor.Tensor;

/** Tangents of activations by {@code tangents.cu}, those of losses by {@code losses.cu}. */
final class CudaTangents extends Tangents {
  private final KernelPair activation;
  private final KernelPair backward;
  private final KernelPair backwardBias;
  private final KernelPair scaleSamples;
  private final KernelPair squaredError;
  private final KernelPair crossEntropy;
  private final KernelPair squaredErrorRoot;
  private final KernelPair crossEntropyRoot;
  private final ColumnSums columns;

  CudaTangents(Device device) {
    activation = new KernelPair(device, "tangents", "activation_tangent");
    backward = new KernelPair(device, "tangents", "activation_backward_tangent");
    backwardBias = new KernelPair(device, "tangents", "activation_backward_bias_tangent");
    scaleSamples = new KernelPair(device, "tangents", "scale_samples");
    squaredError = new KernelPair(device, "losses", "squared_error_tangent");
    crossEntropy = new KernelPair(device, "losses", "softmax_cross_entropy_tangent");
    squaredErrorRoot = new KernelPair(device, "losses", "squared_error_root");
    crossEntropyRoot = new KernelPair(device, "losses", "softmax_cross_entropy_root");
    columns = new ColumnSums(device, Device.SCRATCH_BYTES);
  }

  @Override
  protected void computeActivation(Activation chosen, Tensor y, Tensor biasDot, Tensor yDot) {
    if (chosen == Activation.IDENTITY && biasDot == null) {
      return;
    }
    activation
        .of(yDot.dtype())
        .with(chosen.ordinal())
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(Address.orNull(biasDot))
        .with(Address.stride(biasDot))
        .with(Address.of(yDot))
        .with(Address.stride(yDot))
        .with(yDot.rowSize())
        .with(yDot.dim(2))
        .with(yDot.dim(0))
        .over(Packs.count(yDot.dtype(), yDot.rowSize()), yDot.dim(0));
  }

  @Override
  protected void computeActivationBackward(
      Activation chosen,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation) {
    int replicas = yBarDot.dim(0);
    if (biasBarDot == null) {
      if (chosen != Activation.IDENTITY) {
        operands(backward, chosen, y, yDot, yBar, yBarDot, 0)
            .with(yBarDot.rowSize())
            .with(replicas)
            .over(Packs.count(yBarDot.dtype(), yBarDot.rowSize()), replicas);
      }
      return;
    }
    columns.plan(yBarDot);
    int most = columns.replicasAtOnce();
    for (int first = 0; first < replicas; first += most) {
      int count = Math.min(most, replicas - first);
      Kernel kernel = operands(backwardBias, chosen, y, yDot, yBar, yBarDot, first);
      columns.launch(kernel, biasBarDot, accumulation, first, count);
    }
  }

  private static Kernel operands(
      KernelPair kernel,
      Activation chosen,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      int first) {
    return kernel
        .of(yBarDot.dtype())
        .with(chosen.ordinal())
        .with(Address.row(y, first))
        .with(Address.stride(y))
        .with(Address.row(yDot, first))
        .with(Address.stride(yDot))
        .with(Address.row(yBar, first))
        .with(Address.stride(yBar))
        .with(Address.row(yBarDot, first))
        .with(Address.stride(yBarDot));
  }

  @Override
  protected void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    Kernel kernel =
        squaredError
            .of(outputBarDot.dtype())
            .with(Address.of(outputDot))
            .with(Address.stride(outputDot));
    launch(kernel, scale, outputBarDot, valid);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    Kernel kernel =
        crossEntropy
            .of(outputBarDot.dtype())
            .with(Address.of(output))
            .with(Address.stride(output))
            .with(Address.of(outputDot))
            .with(Address.stride(outputDot));
    launch(kernel, scale, outputBarDot, valid);
  }

  @Override
  protected void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    launch(squaredErrorRoot.of(outputBar.dtype()).with(k), scale, outputBar, valid);
  }

  @Override
  protected void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    Kernel kernel =
        crossEntropyRoot
            .of(outputBar.dtype())
            .with(k)
            .with(Address.of(output))
            .with(Address.stride(output));
    launch(kernel, scale, outputBar, valid);
  }

  /** The arguments at the end of every loss's kernel, and its launch. */
  private static void launch(Kernel kernel, Tensor scale, Tensor out, int valid) {
    int lanes = Lanes.warpOrBlock(out.dim(2));
    kernel
        .with(Address.of(scale))
        .with(Address.stride(scale))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(valid)
        .with(out.dim(1))
        .with(out.dim(2))
        .with(lanes)
        .with(out.dim(0))
        .overGroups(out.dim(1), lanes, out.dim(0));
  }

  @Override
  protected void computeScaleSamples(Tensor weights, Tensor x, Tensor out) {
    int lanes = Lanes.apart(out.dim(2));
    scaleSamples
        .of(out.dtype())
        .with(Address.of(weights))
        .with(Address.stride(weights))
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(out.dim(1))
        .with(out.dim(2))
        .with(lanes)
        .with(out.dim(0))
        .overGroups(out.dim(1), lanes, out.dim(0));
  }
}
