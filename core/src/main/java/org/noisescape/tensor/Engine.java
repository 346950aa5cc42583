package org.noisescape.tensor;

/**
 * Owner of memory and arithmetic.
 *
 * <p>Not thread-safe: one thread drives an engine, which may use several itself.
 */
public abstract class Engine implements AutoCloseable {
  private final Families families;

  /**
   * What an engine computes with.
   *
   * @param memory transfers between Java and the engine, and fills
   * @param linearAlgebra products and sums of matrices and vectors
   * @param convolution convolutions and pooling
   * @param normalization normalisation of channels
   * @param pointwise activations, losses and other element-by-element work
   * @param tangents tangents of the element-by-element work
   * @param reduction sums, accumulated in float64
   * @param random random numbers as functions of key, step and index
   * @param indexing selection of rows
   * @param ensembles whole steps of small models; {@link EnsembleKernels#NONE} unless an engine has
   *     kernels for them
   */
  public record Families(
      Memory memory,
      LinearAlgebra linearAlgebra,
      Convolution convolution,
      Normalization normalization,
      Pointwise pointwise,
      Tangents tangents,
      Reduction reduction,
      RandomFill random,
      Indexing indexing,
      EnsembleKernels ensembles) {}

  /** Called by engines. */
  protected Engine(Families families) {
    this.families = families;
  }

  /** Name as users write it, for example {@code host}. */
  public abstract String name();

  /** One line on what computes: libraries, instruction sets, threads, device. */
  public abstract String description();

  /** A new, empty arena. */
  public abstract Arena arena();

  /** Bytes of memory that can be taken now. */
  public final long availableMemory() {
    return availableMemory(0);
  }

  /** The same when the Java heap is about to grow by so many bytes of this machine. */
  public abstract long availableMemory(long heapGrowth);

  /** Transfers between Java and the engine, and fills. */
  public final Memory memory() {
    return families.memory();
  }

  /** Products and sums of matrices and vectors. */
  public final LinearAlgebra linearAlgebra() {
    return families.linearAlgebra();
  }

  /** Convolutions and pooling. */
  public final Convolution convolution() {
    return families.convolution();
  }

  /** Normalisation of channels. */
  public final Normalization normalization() {
    return families.normalization();
  }

  /** Activations, losses and other element-by-element work. */
  public final Pointwise pointwise() {
    return families.pointwise();
  }

  /** Tangents of the element-by-element work. */
  public final Tangents tangents() {
    return families.tangents();
  }

  /** Sums, accumulated in float64. */
  public final Reduction reduction() {
    return families.reduction();
  }

  /** Random numbers as functions of key, step and index. */
  public final RandomFill random() {
    return families.random();
  }

  /** Selection of rows. */
  public final Indexing indexing() {
    return families.indexing();
  }

  /** Whole steps of small models. */
  public final EnsembleKernels ensembles() {
    return families.ensembles();
  }

  /**
   * Makes a step replayable: on a device that records, a graph from the second replay on, the first
   * being the body itself; elsewhere always the body. The body must neither allocate nor read back,
   * and everything that changes between replays must live in tensors.
   *
   * @param arena with which the recording ends
   */
  public Program record(Arena arena, Runnable body) {
    return body::run;
  }

  /**
   * Waits until everything asked for has run; does nothing on an engine that returns only then.
   * Reading a tensor waits by itself.
   */
  public void synchronize() {}

  /** A single committed tensor in an arena of its own. */
  public final Tensor tensor(DType dtype, int... shape) {
    Arena arena = arena();
    Tensor tensor = arena.reserve(dtype, shape);
    arena.commit();
    return tensor;
  }

  @Override
  public abstract void close();
}
