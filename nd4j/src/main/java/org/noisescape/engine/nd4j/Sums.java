package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** Sums in float64, stored into or added to a tensor. */
final class Sums {
  private Sums() {}

  /** out ← Σ x over one axis, or its sum with what out held; an empty sum is 0. */
  static void over(Tensor x, int axis, Tensor out, Accumulation accumulation) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          if (x.size() > 0) {
            store(Views.of(x).castTo(DataType.DOUBLE).sum(axis), Views.of(out), accumulation);
          } else if (accumulation == Accumulation.OVERWRITE) {
            Views.of(out).assign(0);
          }
        });
  }

  /** target ← value, or its sum with what target held. */
  static void store(INDArray value, INDArray target, Accumulation accumulation) {
    if (accumulation == Accumulation.OVERWRITE) {
      target.assign(value);
    } else {
      target.addi(value.castTo(target.dataType()));
    }
  }

  /** ‖x‖² over one axis, in float64. */
  static INDArray squaredNorms(INDArray x, int axis) {
    INDArray wide = x.castTo(DataType.DOUBLE);
    return wide.mul(wide).sum(axis);
  }
}
