package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * The kernels of {@code normalization.cu} and {@code channel_combination.cu} for one number of rows
 * and channels, and how they share the work: tiles of channels, parts of the rows.
 *
 * <p>Parts are a function of rows and channels, never of the device or of other replicas.
 */
final class NormalizationKernels {
  /** Coefficients of a channel. */
  static final int TERMS = 7;

  private static final String FILE = "normalization";
  private static final int TILE = 32;

  /** Rows that a thread sums at least before its column is shared among blocks. */
  private static final int THREAD_ROWS = 32;

  /** Rows that a thread combines at least. */
  private static final int COMBINED_ROWS = 4;

  /** Blocks that fill the largest GPU. */
  private static final int BLOCKS = 1024;

  private final Device device;
  private final DType dtype;
  private final int replicas;
  private final int rows;
  private final int channels;
  private final int width;
  private final int tiles;
  private final int parts;
  private final KernelPair combine;

  NormalizationKernels(Device device, DType dtype, int replicas, int rows, int channels) {
    this.device = device;
    this.dtype = dtype;
    this.replicas = replicas;
    this.rows = rows;
    this.channels = channels;
    width = Lanes.powerOfTwo(channels, TILE);
    tiles = (channels + width - 1) / width;
    int partRows = THREAD_ROWS * (Kernel.THREADS / width);
    parts = Math.min((rows - 1) / partRows + 1, Math.max(1, BLOCKS / tiles));
    combine = new KernelPair(device, "channel_combination", "combine");
  }

  /** Parts of the rows. */
  int parts() {
    return parts;
  }

  /** A kernel of {@code normalization.cu}. */
  KernelPair kernel(String name) {
    return new KernelPair(device, FILE, name);
  }

  /** Launches sums of parts, whose arrays are given already, into float64 memory. */
  void sums(Kernel kernel, long partial) {
    kernel
        .with((long) rows)
        .with(channels)
        .with(shift())
        .with(partial)
        .with(replicas)
        .launch(tiles, parts, Kernel.gridRows(replicas), Kernel.THREADS, 0);
  }

  /** Launches sums of single samples, whose arrays are given already. */
  void samples(Kernel kernel, Tensor samples) {
    samples(kernel, samples.dim(1), Address.of(samples), Address.stride(samples));
  }

  /** The same, with so many samples a replica whose sums go to an address. */
  void samples(Kernel kernel, int count, long target, long stride) {
    kernel.with((long) (rows / count)).with(channels).with(shift()).with(count);
    kernel
        .with(target)
        .with(stride)
        .with(replicas)
        .launch(tiles, Kernel.gridRows(count), Kernel.gridRows(replicas), Kernel.THREADS, 0);
  }

  /** Launches what follows from the sums; all other arguments are given already. */
  void finish(Kernel kernel) {
    kernel
        .with((double) rows)
        .with(channels)
        .with(shift())
        .with(replicas)
        .launch(tiles, Kernel.gridRows(replicas), 1, Kernel.THREADS, 0);
  }

  /** out ← act(…) of the arrays that are there, with coefficients (R, TERMS, C). */
  void combine(
      Activation activation,
      long factors,
      Tensor x,
      Tensor xDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor out) {
    Kernel kernel = combination(activation, factors);
    for (Tensor tensor : new Tensor[] {x, xDot, yBar, yBarDot, out}) {
      with(kernel, tensor);
    }
    combine(kernel);
  }

  /** The kernel of combinations, before its arrays are given. */
  Kernel combination(Activation activation, long factors) {
    return combine.of(dtype).with(activation.ordinal()).with(factors);
  }

  /** Launches a combination, whose arrays are given already. */
  void combine(Kernel kernel) {
    boolean packed = channels * dtype.bytes() % Packs.BYTES == 0;
    int packs = packed ? (int) Packs.count(dtype, channels) : channels;
    int across = (channels + Kernel.THREADS - 1) / Kernel.THREADS;
    int height = Math.max(1, Kernel.THREADS / packs);
    int strips = (rows - 1) / (height * COMBINED_ROWS) + 1;
    kernel
        .with((long) rows)
        .with(channels)
        .with(replicas)
        .launch(
            across * Math.min(strips, Math.max(1, 2 * BLOCKS / across)),
            Kernel.gridRows(replicas),
            1,
            Kernel.THREADS,
            0);
  }

  /** Address and stride of a tensor; 0 for none. */
  static Kernel with(Kernel kernel, Tensor tensor) {
    return kernel.with(Address.orNull(tensor)).with(Address.stride(tensor));
  }

  private int shift() {
    return Integer.numberOfTrailingZeros(width);
  }
}
