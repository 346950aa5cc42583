package org.noisescape.engine.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/** Transfers by way of a dense array of the Java array's type. */
final class Nd4jMemory extends Memory {
  @Override
  protected void writeFloats(Tensor target, float[] source, int offset) {
    int end = offset + Math.toIntExact(target.size());
    assign(target, () -> Nd4j.createFromArray(Arrays.copyOfRange(source, offset, end)));
  }

  @Override
  protected void writeDoubles(Tensor target, double[] source) {
    assign(target, () -> Nd4j.createFromArray(source));
  }

  @Override
  protected void writeInts(Tensor target, int[] source) {
    assign(target, () -> Nd4j.createFromArray(source));
  }

  @Override
  protected void readInto(Tensor source, double[] target) {
    if (source.size() > 0) {
      Scratch.during(() -> System.arraycopy(Views.doubles(source), 0, target, 0, target.length));
    }
  }

  @Override
  protected void readInto(Tensor source, float[] target, int offset) {
    if (source.size() > 0) {
      Scratch.during(
          () -> {
            float[] values = Views.of(source).dup('c').data().asFloat();
            System.arraycopy(values, 0, target, offset, values.length);
          });
    }
  }

  @Override
  protected void readInto(Tensor source, int[] target) {
    if (source.size() > 0) {
      Scratch.during(() -> System.arraycopy(Views.ints(source), 0, target, 0, target.length));
    }
  }

  @Override
  protected void fillWith(Tensor target, double value) {
    if (target.size() > 0) {
      Scratch.during(() -> Views.of(target).assign(value));
    }
  }

  @Override
  protected void copyInto(Tensor source, Tensor target) {
    if (target.size() > 0) {
      Scratch.during(() -> Views.of(target).assign(Views.of(source)));
    }
  }

  private static void assign(Tensor target, java.util.function.Supplier<INDArray> source) {
    if (target.size() > 0) {
      Scratch.during(
          () -> {
            INDArray view = Views.of(target);
            view.assign(source.get().reshape('c', view.shape()));
          });
    }
  }
}
