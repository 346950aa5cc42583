package org.noisescape.optim;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.FilterMap;

/** Refuses chains of rules that mean something else than they seem to, or nothing. */
final class ChainCheck {
  private ChainCheck() {}

  /**
   * Looks at a chain in the order of its rules.
   *
   * @throws IllegalArgumentException in one line that names the rules and what to write
   */
  static void require(List<UpdateRule> rules) {
    RuleStages.of(rules);
    List<FilterRule> remembering = new ArrayList<>();
    for (UpdateRule rule : rules) {
      if (rule instanceof FilterRule filter && isRemembering(filter)) {
        remembering.forEach(before -> requireTogether(before, filter));
        remembering.add(filter);
      }
    }
    for (UpdateRule rule : rules) {
      if (rule instanceof WeightDecay decay) {
        remembering.forEach(
            other -> requirePlace(decay, other, rules.indexOf(decay) < rules.indexOf(other)));
      }
    }
  }

  private static boolean isRemembering(FilterRule rule) {
    return rule.hasMoment() || rule.map() == FilterMap.ROOT;
  }

  private static boolean isAdaptive(FilterRule rule) {
    return rule.map() == FilterMap.ROOT || rule.map() == FilterMap.SIGN;
  }

  private static void requireTogether(FilterRule first, FilterRule second) {
    boolean both = isAdaptive(first) && isAdaptive(second);
    FilterRule adaptive = isAdaptive(first) ? first : second;
    if (both || (isAdaptive(adaptive) && adaptive.hasMoment())) {
      throw new IllegalArgumentException(
          "%s and %s do not go together: %s; choose one of them"
              .formatted(
                  first.text(),
                  second.text(),
                  both
                      ? "each scales every entry of the gradient"
                      : adaptive.text() + " has a momentum of its own"));
    }
  }

  private static void requirePlace(WeightDecay decay, FilterRule other, boolean before) {
    if (before == decay.decoupled()) {
      String coupled = new WeightDecay(decay.decay(), false, decay.weightsOnly()).text();
      String decoupled = new WeightDecay(decay.decay(), true, decay.weightsOnly()).text();
      throw new IllegalArgumentException(
          "%s stands %s %s: write %s+%s, or %s+%s for decoupled decay"
              .formatted(
                  decay.text(),
                  before ? "before" : "behind",
                  other.text(),
                  coupled,
                  other.text(),
                  other.text(),
                  decoupled));
    }
  }
}
