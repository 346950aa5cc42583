package org.noisescape.cuda.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;

/**
 * How {@code dense_chain.cu} divides a chain and a mini-batch among the warps of a block, and what
 * it is compiled with.
 *
 * <p>The first layer's weights are divided into slots, a warp each: a few outputs, and for each
 * lane a few inputs. Where every slot has a warp of its own, weights stay in registers from the
 * first step to the last.
 *
 * @param chain the model
 * @param type of its numbers
 * @param batch B
 * @param featureStride elements between two samples
 * @param buffers mini-batches in shared memory: with 2 the next one arrives during a step
 */
record ChainTiles(DenseChain chain, DType type, int batch, long featureStride, int buffers) {
  private static final int WARP = 32;
  private static final int MOST_WARPS = 15;

  /** Warps for the samples of a mini-batch, where the first layer is small. */
  private static final int SAMPLE_WARPS = 8;

  private static final int MOST_ROWS = 5;

  /** Pairs of samples that are summed at once, as registers allow. */
  private static final int MOST_PAIRS = 5;

  private static final int MOST_WIDE_PAIRS = 3;

  /** Numbers of the mini-batch that a thread keeps from the forward pass to the update. */
  private static final int MOST_HELD = 40;

  private static final int PERMUTATION_BYTES = 64;

  /** Tiles that fit, with the next mini-batch in memory if there is room for it. */
  static Optional<ChainTiles> of(
      DenseChain chain, DType type, int batch, long featureStride, int sharedBytes) {
    return IntStream.of(2, 1)
        .mapToObj(buffers -> new ChainTiles(chain, type, batch, featureStride, buffers))
        .filter(tiles -> tiles.sharedBytes() <= sharedBytes)
        .findFirst();
  }

  /** Sizes of a chain that its kernels are compiled with. */
  static List<String> definitions(DenseChain chain, long featureStride) {
    return List.of(
        "-DINPUTS=" + chain.inputs(),
        "-DOUTPUTS=" + list(chain.layers().stream().mapToInt(DenseChain.Link::outputs)),
        "-DACTIVATIONS="
            + list(chain.layers().stream().mapToInt(link -> link.activation().ordinal())),
        "-DFEATURE_STRIDE=" + featureStride);
  }

  private static String list(IntStream numbers) {
    return numbers.mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private boolean wide() {
    return type == DType.FLOAT64;
  }

  private int first() {
    return chain.layers().getFirst().outputs();
  }

  /** Inputs of a lane. */
  private int columns() {
    return chain.inputs() >= 4 * WARP ? 4 : chain.inputs() >= 2 * WARP ? 2 : 1;
  }

  private int strips() {
    return parts(chain.inputs(), WARP * columns());
  }

  /** Outputs of a slot. */
  private int rows() {
    return parts(first(), parts(first(), MOST_ROWS));
  }

  private int groups() {
    return parts(first(), rows());
  }

  private int slots() {
    return strips() * groups();
  }

  private int slotWarps() {
    return parts(slots(), parts(slots(), MOST_WARPS));
  }

  private int warps() {
    return Math.max(slotWarps(), Math.min(batch, SAMPLE_WARPS));
  }

  private int chunks() {
    return parts(batch, 2 * (wide() ? MOST_WIDE_PAIRS : MOST_PAIRS));
  }

  private int pairs() {
    return parts(parts(batch, chunks()), 2);
  }

  private boolean holdsWeights() {
    return slots() <= MOST_WARPS && !wide();
  }

  private boolean holdsRows() {
    return holdsWeights() && chunks() == 1 && 2 * pairs() * columns() <= MOST_HELD;
  }

  /** Threads of a block: the warps that compute, and one that draws. */
  int threads() {
    return WARP * (warps() + 1);
  }

  /** Shared memory of a block, as {@code dense_chain.cu} lays it out. */
  long sharedBytes() {
    long pitch = fours(chain.inputs());
    long first = first();
    long allRows = chain.layers().stream().mapToLong(DenseChain.Link::outputs).sum();
    long upper = first;
    for (int l = 1; l < chain.layers().size(); l++) {
      upper += chain.layers().get(l).outputs() * ((chain.inputs(l) | 1L) + 1);
    }
    long numbers =
        buffers * batch * (pitch + chain.outputs())
            + chunks() * first * 2 * fours(pairs())
            + (holdsWeights() ? 0 : first * pitch)
            + strips() * batch * first
            + 2 * batch * allRows
            + upper;
    return type.bytes() * fours(numbers) + PERMUTATION_BYTES + 2L * batch * Integer.BYTES;
  }

  /** Options that make the kernel one of this chain. */
  List<String> definitions() {
    return Stream.concat(
            definitions(chain, featureStride).stream(),
            Stream.of(
                "-DBATCH=" + batch,
                "-DCOLUMNS=" + columns(),
                "-DROWS=" + rows(),
                "-DSTRIPS=" + strips(),
                "-DGROUPS=" + groups(),
                "-DWARPS=" + warps(),
                "-DSLOT_WARPS=" + slotWarps(),
                "-DCHUNKS=" + chunks(),
                "-DPAIRS=" + pairs(),
                "-DBUFFERS=" + buffers,
                "-DWEIGHTS_HELD=" + (holdsWeights() ? 1 : 0),
                "-DROWS_HELD=" + (holdsRows() ? 1 : 0),
                "-DSHARED_BYTES=" + sharedBytes()))
        .toList();
  }

  private static int parts(int count, int size) {
    return (count + size - 1) / size;
  }

  private static long fours(long count) {
    return (count + 3) / 4 * 4;
  }
}
