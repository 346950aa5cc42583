package org.noisescape.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a chain by the place in a step where they act.
 *
 * @param targets before the loss
 * @param ascent between two gradients
 * @param directions between gradient and update, in the order of the chain
 * @param average after the update
 */
public record RuleStages(
    List<TargetRule> targets,
    Optional<AscentRule> ascent,
    List<UpdateRule> directions,
    Optional<AverageRule> average) {
  /**
   * Parts a chain.
   *
   * @throws IllegalArgumentException where two rules take the gradient elsewhere, or average
   */
  public static RuleStages of(List<UpdateRule> chain) {
    List<TargetRule> targets = new ArrayList<>();
    List<AscentRule> ascents = new ArrayList<>();
    List<UpdateRule> directions = new ArrayList<>();
    List<AverageRule> averages = new ArrayList<>();
    for (UpdateRule rule : chain) {
      if (rule instanceof TargetRule target) {
        targets.add(target);
      } else if (rule instanceof AscentRule ascent) {
        ascents.add(ascent);
      } else if (rule instanceof AverageRule average) {
        averages.add(average);
      } else {
        directions.add(rule);
      }
    }
    return new RuleStages(
        List.copyOf(targets),
        atMostOne("take the gradient elsewhere", ascents),
        List.copyOf(directions),
        atMostOne("average the parameters", averages));
  }

  private static <R extends UpdateRule> Optional<R> atMostOne(String what, List<R> rules) {
    if (rules.size() > 1) {
      throw new IllegalArgumentException(
          "%s and %s both %s: choose one of them"
              .formatted(rules.get(0).text(), rules.get(1).text(), what));
    }
    return rules.stream().findFirst();
  }

  /** Whether a step is plain descent along one gradient. */
  public boolean isDescent() {
    return ascent.isEmpty() && directions.isEmpty();
  }

  /**
   * What a landscape takes beside an ascent.
   *
   * @throws IllegalArgumentException where there are labels or averages among the rules
   */
  public List<UpdateRule> withoutAscent() {
    return new RuleStages(targets, Optional.empty(), directions, average)
        .requireDirections("a landscape")
        .directions();
  }

  /**
   * Requires that all rules act between gradient and update.
   *
   * @param where what the others do not suit, for the message
   */
  public RuleStages requireDirections(String where) {
    List<UpdateRule> others = new ArrayList<>(targets);
    ascent.ifPresent(others::add);
    average.ifPresent(others::add);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "%s does not suit %s: leave it out".formatted(others.getFirst().text(), where));
    }
    return this;
  }
}
