package org.noisescape.experiments.mori.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

class RampPlanTest {
  private static final Map<String, String> DEFAULTS =
      new CriticalLearningRate().defaults(Preset.QUICK);

  private static Settings settings(Map<String, String> changed) {
    return Settings.of("critical", DEFAULTS, Map.of(), changed);
  }

  @Test
  void slowRampHoldsEachLearningRateTwiceAsLong() {
    Map<String, String> changed = new LinkedHashMap<>();
    changed.put("ramp-from", "0.002");
    changed.put("ramp-to", "3");
    changed.put("ramp-factor", "1.5");
    changed.put("ramp-hold", "70");
    changed.put("ramp-batch", "6");
    changed.put("replicas", "5");
    changed.put("slow-replicas", "4");
    changed.put("jump", "12");

    RampPlan plan = RampPlan.of(settings(changed), 6);

    assertThat(plan.fast()).isEqualTo(new RateRamp(0.002, 1.5, 70));
    assertThat(plan.slow()).isEqualTo(new RateRamp(0.002, 1.5, 140));
    assertThat(plan.to()).isEqualTo(3);
    assertThat(plan.factors()).containsExactly(6, 12, 24);
    assertThat(plan.largestFactor()).isEqualTo(24);
    assertThat(plan.batch()).isEqualTo(6);
    assertThat(plan.replicas()).isEqualTo(5);
    assertThat(plan.slowReplicas()).isEqualTo(4);
  }

  @Test
  void rampsThatCannotBeAreToldInOneLine() {
    wrong(Map.of("ramp-factor", "1"), "--set ramp-factor=1: must be > 1, such as 1.03 (critical)");
    wrong(
        Map.of("ramp-to", "0.00104"),
        "--set ramp-to=0.00104: must be above ramp-from=0.001 by ramp-factor=1.05 at least (critical)");
    wrong(Map.of("jump", "2"), "--set jump=2: must be > 2, such as 10: half of it");
    wrong(Map.of("ramp-batch", "7"), "--set ramp-batch=7: larger than the 6 training samples");
  }

  private static void wrong(Map<String, String> changed, String message) {
    Map<String, String> fitting = new LinkedHashMap<>(Map.of("ramp-batch", "6"));
    fitting.putAll(changed);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RampPlan.of(settings(fitting), 6))
        .withMessageStartingWith(message);
  }
}
