package org.noisescape.testing;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/** Calls with one wrong argument, refused in a message that begins with its name. */
public final class WrongArguments {
  public static final double[] NOT_POSITIVE = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY};
  public static final double[] NEGATIVE = {Double.NaN, -1, Double.POSITIVE_INFINITY};
  public static final double[] BELOW_ONE = {Double.NaN, 0.5, -1, Double.POSITIVE_INFINITY};
  public static final double[] NO_COUNT = {0, -1};

  private WrongArguments() {}

  /** Each of the values is refused. */
  public static void refused(String name, DoubleFunction<?> call, double... wrong) {
    for (double value : wrong) {
      assertThatIllegalArgumentException()
          .as("%s = %s", name, value)
          .isThrownBy(() -> call.apply(value))
          .withMessageStartingWith(name);
    }
  }

  /** The call is refused. */
  public static void refused(String name, Supplier<?> call) {
    refused(name, value -> call.get(), 0);
  }
}
