package org.noisescape.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.noisescape.optim.UpdateRule;

/** The numbers of a plan in a row. */
final class PlanSignature {
  private static final int HALF = 32;

  private DoubleStream numbers = DoubleStream.empty();

  PlanSignature with(double... more) {
    numbers = DoubleStream.concat(numbers, Arrays.stream(more.clone()));
    return this;
  }

  /** All bits of a number that a double may not hold. */
  PlanSignature bits(long number) {
    return with((double) (number >> HALF), (double) (number & (1L << HALF) - 1));
  }

  /** Rules as users write them. */
  PlanSignature rules(List<UpdateRule> rules) {
    String text = rules.stream().map(UpdateRule::text).collect(Collectors.joining("+"));
    return with(rules.size(), text.hashCode());
  }

  /** How many numbers, and what they come to. */
  PlanSignature summary(double... values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    return with(values.length, sum, squares);
  }

  double[] numbers() {
    return numbers.toArray();
  }
}
