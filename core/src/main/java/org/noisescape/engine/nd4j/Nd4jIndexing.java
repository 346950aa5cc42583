package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.Tensor;

/** Rows by ND4J's gather, columns by strided views. */
final class Nd4jIndexing extends Indexing {
  @Override
  protected void gatherRows(Tensor source, Tensor indices, Tensor out) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          DynamicCustomOp gather =
              DynamicCustomOp.builder("gather")
                  .addInputs(Views.of(source), Views.of(indices))
                  .addIntegerArguments(0)
                  .build();
          Views.of(out).assign(Nd4j.exec(gather)[0]);
        });
  }

  @Override
  protected void computeTranspose(Tensor x, Tensor out) {
    if (out.size() > 0) {
      Scratch.during(() -> Views.of(out).assign(Views.of(x).permute(0, 1, 3, 2)));
    }
  }

  @Override
  protected void computeColumns(
      Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation) {
    if (count == 0 || source.size() == 0) {
      return;
    }
    Scratch.during(
        () -> Sums.store(columns(source, from, count), columns(target, to, count), accumulation));
  }

  private static INDArray columns(Tensor tensor, int from, int count) {
    long[] shape = {tensor.dim(0), tensor.dim(1), count};
    long[] strides = {tensor.leadingStride(), tensor.dim(2), 1};
    return Views.strided(Views.of(tensor, tensor.dim(0)), from, shape, strides);
  }
}
