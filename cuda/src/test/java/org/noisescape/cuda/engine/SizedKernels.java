package org.noisescape.cuda.engine;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;

/**
 * Kernels that are compiled for sizes, at sizes that stand for all: those of the first-passage
 * experiments and benchmarks, and one for each way of dividing a chain among warps.
 */
public final class SizedKernels {
  private static final int BATCH = 10;
  private static final int REPLICAS = 100;

  private SizedKernels() {}

  /**
   * A file with sizes.
   *
   * @param name of the file and the sizes
   * @param file name of the source without {@code .cu}
   * @param type of its numbers
   * @param sizes options
   */
  public record Sized(String name, String file, DType type, List<String> sizes) {}

  /** All that a block of so much shared memory takes. */
  public static List<Sized> in(int sharedBytes) {
    List<Sized> all = new ArrayList<>();
    // weights in registers; in shared memory; a first layer as small as the others
    for (int[] widths : new int[][] {{784, 10, 1}, {784, 20, 1}, {100, 20, 10}}) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
        chain(widths, type, sharedBytes, all);
      }
    }
    for (int dimension : new int[] {1, 4, 10, 32}) {
      all.add(
          new Sized(
              "regression(%d)".formatted(dimension),
              "regression",
              DType.FLOAT64,
              CudaRegressionDescent.definitions(dimension, 1)));
    }
    return all;
  }

  private static void chain(int[] widths, DType type, int sharedBytes, List<Sized> all) {
    List<DenseChain.Link> links = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      boolean last = l + 1 == widths.length;
      links.add(new DenseChain.Link(widths[l], last ? Activation.IDENTITY : Activation.RELU));
    }
    DenseChain chain = new DenseChain(widths[0], links);
    String sizes = "(%d-%d-%d)".formatted(widths[0], widths[1], widths[2]);
    ChainTiles.of(chain, type, BATCH, widths[0], sharedBytes)
        .ifPresent(
            t -> all.add(new Sized("dense_chain" + sizes, "dense_chain", type, t.definitions())));
    LookTiles.of(chain, type, widths[0], REPLICAS, sharedBytes)
        .ifPresent(
            t -> all.add(new Sized("dense_look" + sizes, "dense_look", type, t.definitions())));
  }
}
