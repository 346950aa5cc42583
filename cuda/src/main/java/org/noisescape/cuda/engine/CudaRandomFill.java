package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/** Random fills by {@code random_fill.cu}: a thread a Philox block. */
final class CudaRandomFill extends RandomFill {
  private static final int WORDS = 4;

  private final KernelPair normal;
  private final KernelPair rademacher;
  private final KernelPair flips;
  private final KernelPair draws;
  private final KernelPair permutation;
  private final KernelPair views;
  private final KernelPair advance;

  CudaRandomFill(Device device) {
    normal = new KernelPair(device, "random_fill", "add_normal");
    rademacher = new KernelPair(device, "random_fill", "rademacher");
    flips = new KernelPair(device, "random_fill", "flip_labels");
    draws = new KernelPair(device, "random_fill", "draw_indices");
    permutation = new KernelPair(device, "random_fill", "permute_indices");
    views = new KernelPair(device, "random_fill", "draw_views");
    advance = new KernelPair(device, "random_fill", "advance");
  }

  @Override
  protected void computeNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step) {
    Kernel kernel =
        normal
            .of(x.dtype())
            .with(Address.of(x))
            .with(Address.stride(x))
            .with(Address.orNull(w))
            .with(Address.stride(w))
            .with(Address.of(sigma))
            .with(Address.stride(sigma));
    keysAndStep(kernel, keys, step)
        .with(x.rowSize())
        .with(x.dim(0))
        .over(blocks(x.rowSize()), x.dim(0));
  }

  @Override
  protected void computeRademacher(Tensor x, Tensor keys, Tensor step) {
    Kernel kernel = rademacher.of(x.dtype()).with(Address.of(x)).with(Address.stride(x));
    keysAndStep(kernel, keys, step)
        .with(x.rowSize())
        .with(x.dim(0))
        .over(blocks(x.rowSize()), x.dim(0));
  }

  @Override
  protected void computeFlips(Tensor targets, Tensor probability, Tensor keys, Tensor step) {
    Kernel kernel =
        flips
            .of(targets.dtype())
            .with(Address.of(targets))
            .with(Address.stride(targets))
            .with(Address.of(probability))
            .with(Address.stride(probability));
    keysAndStep(kernel, keys, step)
        .with(targets.dim(1))
        .with(targets.dim(2))
        .with(targets.dim(0))
        .over(targets.dim(1), targets.dim(0));
  }

  @Override
  protected void computeDraws(Tensor indices, int size, Tensor keys, Tensor step) {
    int batch = indices.dim(1);
    indices(draws, indices, size, keys, step).over(blocks(batch), indices.dim(0));
  }

  @Override
  protected void computePermutation(Tensor indices, int size, Tensor keys, Tensor step) {
    indices(permutation, indices, size, keys, step).over(indices.dim(1), indices.dim(0));
  }

  @Override
  protected void computeViews(
      Tensor drawn,
      ViewGeometry geometry,
      Tensor samples,
      int stepsPerEpoch,
      Tensor keys,
      Tensor step) {
    Kernel kernel =
        views
            .single()
            .with(Address.of(drawn))
            .with(Address.stride(drawn))
            .with(Address.of(samples))
            .with(Address.stride(samples))
            .with(stepsPerEpoch)
            .with(geometry.bound(0))
            .with(geometry.bound(2))
            .with(geometry.bound(3))
            .with(geometry.bound(4));
    keysAndStep(kernel, keys, step)
        .with(drawn.dim(1))
        .with(drawn.dim(0))
        .over(drawn.dim(1), drawn.dim(0));
  }

  @Override
  protected void computeAdvance(Tensor step) {
    advance
        .single()
        .with(Address.of(step))
        .with(step.leadingStride())
        .with(1)
        .launch(1, 1, 1, 1, 0);
  }

  private static Kernel indices(
      KernelPair kernel, Tensor indices, int size, Tensor keys, Tensor step) {
    Kernel begun =
        kernel.single().with(Address.of(indices)).with(Address.stride(indices)).with(size);
    return keysAndStep(begun, keys, step).with(indices.dim(1)).with(indices.dim(0));
  }

  private static Kernel keysAndStep(Kernel kernel, Tensor keys, Tensor step) {
    return kernel
        .with(Address.of(keys))
        .with(Address.stride(keys))
        .with(Address.of(step))
        .with(step.leadingStride());
  }

  /** Philox blocks of so many elements. */
  private static long blocks(long elements) {
    return (elements + WORDS - 1) / WORDS;
  }
}
