package org.noisescape.tensor;

/**
 * Owner of memory and arithmetic.
 *
 * <p>Not thread-safe: one thread drives an engine, which may use several itself.
 */
public interface Engine extends AutoCloseable {
  /** Name as users write it, for example {@code host}. */
  String name();

  /** One line on what computes: libraries, instruction sets, threads, device. */
  String description();

  /** A new, empty arena. */
  Arena arena();

  /** Bytes of memory that can be taken now. */
  long availableMemory();

  /** The same when the Java heap is about to grow by so many bytes of this machine. */
  default long availableMemory(long heapGrowth) {
    return availableMemory();
  }

  /** Transfers between Java and the engine, and fills. */
  Memory memory();

  /** Products and sums of matrices and vectors. */
  LinearAlgebra linearAlgebra();

  /** Convolutions and pooling. */
  Convolution convolution();

  /** Normalisation of channels. */
  Normalization normalization();

  /** Activations, losses and other element-by-element work. */
  Pointwise pointwise();

  /** Tangents of the element-by-element work. */
  Tangents tangents();

  /** Sums, accumulated in float64. */
  Reduction reduction();

  /** Random numbers as functions of key, step and index. */
  RandomFill random();

  /** Whole steps of small models; none unless an engine has kernels for them. */
  default EnsembleKernels ensembles() {
    return EnsembleKernels.NONE;
  }

  /** Selection of rows. */
  Indexing indexing();

  /**
   * Makes a step replayable: on a device that records, a graph; elsewhere the body itself. The body
   * must neither allocate nor read back, and everything that changes between replays must live in
   * tensors.
   */
  Program record(Runnable body);

  /**
   * Waits until everything asked for has run; does nothing on an engine that returns only then.
   * Reading a tensor waits by itself.
   */
  default void synchronize() {}

  /** A single committed tensor in an arena of its own. */
  default Tensor tensor(DType dtype, int... shape) {
    Arena arena = arena();
    Tensor tensor = arena.reserve(dtype, shape);
    arena.commit();
    return tensor;
  }

  @Override
  void close();
}
