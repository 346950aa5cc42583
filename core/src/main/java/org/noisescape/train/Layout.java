package org.noisescape.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.Sizes;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * How vectors (R, P) of a network lie in a file: a tensor for each of its parameters, or running
 * statistics, with a leading axis of replicas where R > 1.
 *
 * @param network whose vectors they are
 * @param replicas R
 */
record Layout(Network network, int replicas) {
  /** Cuts a vector into tensors. */
  void append(
      List<StoredTensor> tensors,
      String prefix,
      List<ParameterSpec> specifications,
      double[] vector,
      ElementType type) {
    int stride = stride(specifications);
    if (vector.length != (long) replicas * stride) {
      throw new IllegalArgumentException(
          "a vector of %d replicas of model %s has %d entries, got %d"
              .formatted(replicas, network.name(), (long) replicas * stride, vector.length));
    }
    int offset = 0;
    for (ParameterSpec parameter : specifications) {
      int size = parameter.size();
      double[] values = new double[elements(size)];
      for (int r = 0; r < replicas; r++) {
        System.arraycopy(vector, r * stride + offset, values, r * size, size);
      }
      tensors.add(StoredTensor.of(prefix + parameter.name(), type, shape(parameter), values));
      offset += size;
    }
  }

  /** Joins tensors to a vector, and takes them out of those left. */
  double[] take(
      Path file,
      Map<String, StoredTensor> left,
      String prefix,
      List<ParameterSpec> specifications) {
    // all that is there before memory is taken for what is claimed
    List<StoredTensor> tensors = new ArrayList<>();
    for (ParameterSpec parameter : specifications) {
      StoredTensor tensor = left.remove(prefix + parameter.name());
      if (tensor == null) {
        throw missing(file, prefix + parameter.name(), network, left);
      }
      require(file, tensor, shape(parameter));
      tensors.add(tensor);
    }
    int stride = stride(specifications);
    double[] vector = new double[elements(stride)];
    int offset = 0;
    for (StoredTensor tensor : tensors) {
      double[] values = tensor.toDoubles();
      int size = values.length / replicas;
      for (int r = 0; r < replicas; r++) {
        System.arraycopy(values, r * size, vector, r * stride + offset, size);
      }
      offset += size;
    }
    return vector;
  }

  private void require(Path file, StoredTensor tensor, long[] expected) {
    boolean single = replicas == 1 && Arrays.equals(tensor.shape(), prepend(1, expected));
    if (!Arrays.equals(tensor.shape(), expected) && !single) {
      throw new WrongFile(
          file,
          "tensor '%s' of model %s must have shape %s, got %s"
              .formatted(
                  tensor.name(),
                  network.name(),
                  Arrays.toString(expected),
                  Arrays.toString(tensor.shape())));
    }
    if (!tensor.type().isFloating()) {
      throw new WrongFile(
          file,
          "tensor '%s' must hold F64, F32, F16 or BF16 values, got %s"
              .formatted(tensor.name(), tensor.type()));
    }
  }

  static IllegalArgumentException missing(
      Path file, String name, Network network, Map<String, StoredTensor> left) {
    return new WrongFile(
        file,
        "tensor '%s' of model %s is missing (there: %s)"
            .formatted(name, network.name(), String.join(", ", left.keySet())));
  }

  private static int stride(List<ParameterSpec> specifications) {
    return Sizes.sum(
        "parameters of one replica",
        "choose a smaller model",
        specifications.stream().mapToLong(ParameterSpec::size).toArray());
  }

  private int elements(int each) {
    return Sizes.product(
        "elements of %d replicas".formatted(replicas), "choose fewer replicas", replicas, each);
  }

  private long[] shape(ParameterSpec parameter) {
    long[] shape = Arrays.stream(parameter.shape()).asLongStream().toArray();
    return replicas == 1 ? shape : prepend(replicas, shape);
  }

  private static long[] prepend(long axis, long[] shape) {
    long[] all = new long[shape.length + 1];
    all[0] = axis;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }
}
