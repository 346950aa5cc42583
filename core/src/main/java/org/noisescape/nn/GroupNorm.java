package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;

/**
 * Group normalisation y = γ (x − μ)/√(v + ε) + β: mean and biased variance of a sample's own
 * positions and channels, group of channels by group; γ and β a channel.
 *
 * <p>Samples do not depend on each other, so that every rule holds in training as in evaluation.
 * Groups are channels that follow each other, as in PyTorch's GroupNorm(groups, C). Shapes: x, y
 * (R, N, H·W·C) or (R, N, C); γ, β (R, C). Source: Wu and He (2018), Eqs. 1 to 7.
 *
 * @param groups number of groups G
 * @param fit whether G itself must divide the channels
 * @param epsilon ε
 */
public record GroupNorm(int groups, Fit fit, double epsilon) implements Layer {
  /** What {@link #groups} says. */
  public enum Fit {
    /** So many groups; they must divide the channels. */
    EXACT,
    /** The most groups up to so many that divide the channels and have at least two each. */
    AT_MOST
  }

  /** Checks the numbers. */
  public GroupNorm {
    if (groups < 1 || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "GroupNorm: groups must be >= 1 and epsilon > 0, got %d and %s"
              .formatted(groups, epsilon));
    }
  }

  /** So many groups, ε = 10⁻⁵. */
  public static GroupNorm of(int groups) {
    return new GroupNorm(groups, Fit.EXACT, 1e-5);
  }

  /** The most groups up to so many that divide the channels and have two or more each. */
  public static GroupNorm atMost(int groups) {
    return new GroupNorm(groups, Fit.AT_MOST, 1e-5);
  }

  /** The number of groups of so many channels. */
  public int groupsOf(int channels) {
    if (fit == Fit.AT_MOST) {
      int count = Math.clamp(channels / 2, 1, groups);
      while (channels % count != 0) {
        count--;
      }
      return count;
    }
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: %d groups do not divide %d channels: choose a divisor"
              .formatted(groups, channels));
    }
    return groups;
  }

  private static int channels(int[] input) {
    return input[input.length - 1];
  }

  @Override
  public int[] outputShape(int[] input) {
    groupsOf(channels(input));
    return input.clone();
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of(
        ParameterSpec.vector("weight", channels(input), 1),
        ParameterSpec.vector("bias", channels(input), 0));
  }

  @Override
  public boolean fuses(Activation activation) {
    return activation.isPiecewiseLinear();
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    int channels = channels(wiring.inputShape());
    return BoundNormalization.ofSamples(wiring, following, channels, groupsOf(channels), epsilon);
  }
}
