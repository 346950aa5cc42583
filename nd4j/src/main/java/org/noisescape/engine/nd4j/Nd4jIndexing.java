package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/** Rows by ND4J's gather, columns by strided views; views of pictures pixel by pixel in Java. */
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
  protected void computeViews(
      Tensor source,
      Tensor indices,
      Tensor views,
      ViewGeometry geometry,
      Tensor border,
      Tensor out) {
    if (out.size() == 0) {
      return;
    }
    gatherRows(source, indices, out);
    Scratch.during(
        () -> {
          double[] plain = Views.doubles(out);
          double[] around = Views.doubles(border);
          int[] drawn = Views.ints(views);
          double[] seen = new double[plain.length];
          for (int i = 0; i < seen.length; i++) {
            int picture = i / geometry.size();
            int at = PixelOfView.of(geometry, drawn, picture, i % geometry.size());
            int channel =
                i % geometry.channels()
                    + i
                        % geometry.size()
                        / (geometry.size() / geometry.planes())
                        * geometry.channels();
            seen[i] =
                at == PixelOfView.HOLE
                    ? 0
                    : at == PixelOfView.BORDER
                        ? around[channel]
                        : plain[picture * geometry.size() + at];
          }
          INDArray target = Views.of(out);
          target.assign(Nd4j.createFromArray(seen).reshape('c', target.shape()));
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
