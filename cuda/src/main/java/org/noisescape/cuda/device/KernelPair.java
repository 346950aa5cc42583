package org.noisescape.cuda.device;

import org.noisescape.tensor.DType;

/** One kernel in both floating types, each compiled when first used. */
public final class KernelPair {
  private final Device device;
  private final String file;
  private final String name;
  private Kernel single;
  private Kernel wide;

  /**
   * A kernel.
   *
   * @param device where it runs
   * @param file name of the source without {@code .cu}
   * @param name of the kernel
   */
  public KernelPair(Device device, String file, String name) {
    this.device = device;
    this.file = file;
    this.name = name;
  }

  /** The kernel for a floating type. */
  public Kernel of(DType type) {
    return type == DType.FLOAT64 ? wide() : single();
  }

  /** The kernel in float32, or of a file that does not depend on the type. */
  public Kernel single() {
    if (single == null) {
      single = device.kernels().get(file, DType.FLOAT32, name);
    }
    return single.fresh();
  }

  private Kernel wide() {
    if (wide == null) {
      wide = device.kernels().get(file, DType.FLOAT64, name);
    }
    return wide.fresh();
  }
}
