package org.noisescape.dl4j;

import java.util.OptionalLong;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Arrays of ND4J over the memory of tensors, without a copy. */
public final class TensorViews {
  private TensorViews() {}

  /**
   * An array of the tensor's shape over its memory: what is written to one is seen in the other.
   *
   * <p>The first axis has the tensor's stride, so that rows of θ and slices of them are views too.
   * Of arrays with such gaps, whoever made them, ND4J's {@code slice} and {@code get} return an
   * empty one where they pass as many elements as there are; {@code tensorAlongDimension} does what
   * it says.
   *
   * <p>The array must not be used once the arena is closed: nothing can see that it is. Other
   * threads of the engine see what is written once the writing call has returned.
   *
   * @param tensor of an engine whose memory is the process's: {@code host}
   * @throws IllegalStateException where its arena is closed, or not committed
   * @throws IllegalArgumentException where its memory lies elsewhere
   */
  public static INDArray of(Tensor tensor) {
    OptionalLong address = tensor.engine().memory().address(tensor);
    if (address.isEmpty()) {
      throw new IllegalArgumentException(
          "tensor %s belongs to engine '%s', whose memory ND4J does not see: copy it, or use engine 'host'"
              .formatted(tensor.describe(), tensor.engine().name()));
    }
    int[] shape = tensor.shape();
    if (tensor.size() == 0) {
      throw new IllegalArgumentException("tensor %s is empty".formatted(tensor.describe()));
    }
    long[] lengths = new long[shape.length];
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      lengths[axis] = shape[axis];
      strides[axis] = stride;
      stride *= shape[axis];
    }
    strides[0] = shape[0] == 1 ? tensor.rowSize() : tensor.leadingStride();
    long elements = (shape[0] - 1) * strides[0] + tensor.rowSize();
    DataBuffer buffer = buffer(tensor.dtype(), new Address(address.getAsLong()), elements);
    return Nd4j.create(buffer, lengths, strides, 0, 'c');
  }

  private static DataBuffer buffer(DType dtype, Pointer at, long elements) {
    return switch (dtype) {
      case FLOAT32 -> {
        FloatPointer floats = new FloatPointer(at).capacity(elements);
        yield over(floats, FloatIndexer.create(floats), elements, DataType.FLOAT);
      }
      case FLOAT64 -> {
        DoublePointer doubles = new DoublePointer(at).capacity(elements);
        yield over(doubles, DoubleIndexer.create(doubles), elements, DataType.DOUBLE);
      }
      case INT32 -> {
        IntPointer ints = new IntPointer(at).capacity(elements);
        yield over(ints, IntIndexer.create(ints), elements, DataType.INT32);
      }
    };
  }

  private static DataBuffer over(Pointer at, Indexer indexer, long elements, DataType type) {
    return Nd4j.createBuffer(at, type, elements, indexer);
  }

  /** A place in memory that somebody else gives back. */
  private static final class Address extends Pointer {
    Address(long at) {
      address = at;
    }
  }
}
