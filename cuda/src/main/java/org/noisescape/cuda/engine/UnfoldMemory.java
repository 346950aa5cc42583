package org.noisescape.cuda.engine;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.ConvolutionGeometry;

/**
 * How a convolution by unfolded images is cut into chunks, and where their scratch memory lies.
 *
 * <p>Beside each other: float64 sums, reordered weights of all replicas, patches, per-sample
 * matrices. All of it is shared with the arena's other operations.
 */
final class UnfoldMemory {
  /** Bytes of patches and per-sample matrices that are held at once, where a sample fits. */
  static final long BUDGET = 256L << 20;

  private static final int MAXIMAL_BATCH = 1 << 15;
  private static final long ALIGNMENT = 256;

  /** Samples of replicas: of several replicas only where each is whole. */
  record Chunk(int replica, int replicas, int sample, int samples) {}

  private final CudaArena arena;
  private final long budget;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Chunk> explicitChunks;
  private final List<Chunk> gramChunks;
  private final long weights;
  private final long patches;
  private final long matrices;

  /**
   * Asks for the memory.
   *
   * @param g sizes
   * @param bytes of an element
   * @param replicas R
   * @param samples N
   * @param unfolds whether patches differ from the image
   * @param gram whether norms come from Gram matrices
   * @param arena whose scratch memory it is
   * @param budget bytes of patches and per-sample matrices, {@link #BUDGET} but in tests
   */
  UnfoldMemory(
      ConvolutionGeometry g,
      int bytes,
      int replicas,
      int samples,
      boolean unfolds,
      boolean gram,
      CudaArena arena,
      long budget) {
    this.arena = arena;
    this.budget = budget;
    long weightBytes = g.weightSize() * bytes;
    long patchBytes = unfolds ? (long) g.positions() * g.patchSize() * bytes : 0;
    long gramBytes = GramForm.elements(g) * bytes;
    // cuBLAS counts rows in 32 bits
    int together = fitting(patchBytes, samples, Integer.MAX_VALUE / g.positions());
    int wholes = together < samples ? 1 : fitting(patchBytes * samples, replicas, MAXIMAL_BATCH);
    for (int r = 0; r < replicas; r += wholes) {
      for (int n = 0; n < samples; n += together) {
        chunks.add(
            new Chunk(r, Math.min(wholes, replicas - r), n, Math.min(together, samples - n)));
      }
    }
    int explicit = fitting(patchBytes + weightBytes, samples, MAXIMAL_BATCH);
    int grams = gram ? fitting(gramBytes, samples, MAXIMAL_BATCH) : 0;
    explicitChunks = perReplica(replicas, samples, explicit);
    gramChunks = gram ? perReplica(replicas, samples, grams) : List.of();
    long sums =
        Math.max(
            (long) replicas * SampleKernels.columnParts((long) samples * g.positions()),
            Math.max(explicit, grams));
    long parts =
        Math.max(
            (long) explicit * SampleKernels.squareParts(g.weightSize()),
            (long) grams * SampleKernels.gramParts(g.positions()));
    weights = aligned(8 * (sums * g.outputChannels() + parts + g.weightSize()));
    patches = weights + aligned(replicas * weightBytes);
    matrices = patches + aligned(explicit * patchBytes);
    arena.shareScratch(patches + aligned(patchBytes * together * wholes));
    arena.shareScratch(matrices + aligned(explicit * weightBytes));
    arena.shareScratch(patches + aligned(grams * gramBytes));
  }

  /** Chunks of forward, input gradient and weight gradient. */
  List<Chunk> chunks() {
    return chunks;
  }

  /** Chunks of one replica's samples, whose gradients are all held. */
  List<Chunk> explicitChunks() {
    return explicitChunks;
  }

  /** Chunks of one replica's samples, whose Gram matrices are all held. */
  List<Chunk> gramChunks() {
    return gramChunks;
  }

  /** float64 sums. */
  long sums() {
    return arena.scratch();
  }

  /** Reordered weights or their gradient, all replicas. */
  long weights() {
    return arena.scratch() + weights;
  }

  /** Patches of a chunk, or Gram matrices. */
  long patches() {
    return arena.scratch() + patches;
  }

  /** Gradients of an explicit chunk. */
  long gradients() {
    return arena.scratch() + matrices;
  }

  private static List<Chunk> perReplica(int replicas, int samples, int together) {
    List<Chunk> chunks = new ArrayList<>();
    for (int r = 0; r < replicas; r++) {
      for (int n = 0; n < samples; n += together) {
        chunks.add(new Chunk(r, 1, n, Math.min(together, samples - n)));
      }
    }
    return chunks;
  }

  private int fitting(long bytesEach, int count, int atMost) {
    long fitting = bytesEach == 0 ? count : budget / bytesEach;
    return (int) Math.clamp(fitting, 1, Math.max(1, Math.min(count, atMost)));
  }

  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
