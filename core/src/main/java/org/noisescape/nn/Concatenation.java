package org.noisescape.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * The channels of branches one after the other: y = [f₁(x), f₂(x), …], an f without layer being x.
 *
 * <p>Shapes: x (R, N, H·W·C), f_i(x) (R, N, H·W·C_i), y (R, N, H·W·ΣC_i), or plain features.
 *
 * @param branches f_i, which have one height and width; at least one has a layer
 */
public record Concatenation(List<Branch> branches) implements Layer {
  /**
   * A branch.
   *
   * @param name what its parameters begin with, or empty
   * @param layer f, or null for the input itself
   */
  public record Branch(String name, Layer layer) {
    /** The input itself. */
    public static final Branch INPUT = new Branch("", null);

    int[] outputShape(int[] input) {
      return layer == null ? input : layer.outputShape(input);
    }

    List<ParameterSpec> parameters(int[] input) {
      return layer == null
          ? List.of()
          : new Sequential.Child(name, layer).prefixed(layer.parameters(input));
    }

    List<ParameterSpec> runningStatistics(int[] input) {
      return layer == null
          ? List.of()
          : new Sequential.Child(name, layer).prefixed(layer.runningStatistics(input));
    }
  }

  /** Copies the list. */
  public Concatenation {
    branches = List.copyOf(branches);
    if (branches.stream().allMatch(branch -> branch.layer() == null)) {
      throw new IllegalArgumentException("Concatenation: a branch must have a layer");
    }
  }

  /**
   * The channels of a branch, then those of its input: y = [f(x), x].
   *
   * <p>Source: Huang, Liu, van der Maaten and Weinberger (2017), in the order of the common CIFAR
   * implementations.
   *
   * @param branch f, whose parameters keep their names
   */
  public static Concatenation withInput(Layer branch) {
    return new Concatenation(List.of(new Branch("", branch), Branch.INPUT));
  }

  @Override
  public int[] outputShape(int[] input) {
    int[] shape = branches.getFirst().outputShape(input).clone();
    int last = shape.length - 1;
    for (Branch branch : branches.subList(1, branches.size())) {
      int[] other = branch.outputShape(input);
      if (other.length != shape.length
          || !Arrays.equals(Arrays.copyOf(shape, last), Arrays.copyOf(other, last))) {
        throw new IllegalArgumentException(
            "Concatenation: the branches must have one height and width, got %s and %s"
                .formatted(Tensor.describe(shape), Tensor.describe(other)));
      }
      shape[last] = Sizes.sum("channels", "choose fewer", shape[last], other[last]);
    }
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return branches.stream().flatMap(branch -> branch.parameters(input).stream()).toList();
  }

  @Override
  public List<ParameterSpec> runningStatistics(int[] input) {
    return branches.stream().flatMap(branch -> branch.runningStatistics(input).stream()).toList();
  }

  /** The layers of the branches, in order. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    branches.stream().filter(one -> one.layer() != null).forEach(one -> layers.add(one.layer()));
    return layers;
  }

  @Override
  public long activationSize(int[] input) {
    return layers().stream().mapToLong(layer -> layer.activationSize(input)).sum()
        + Layer.super.activationSize(input);
  }

  @Override
  public boolean isPiecewiseLinear() {
    return layers().stream().allMatch(Layer::isPiecewiseLinear);
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new BoundConcatenation(this, wiring);
  }
}
