package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.ReplicaDescent;
import org.noisescape.tensor.Sampling;

/** Many steps a launch: what the kernels of all models share. */
abstract class FusedDescent implements ReplicaDescent {
  /** Steps of one launch, so that a display's watchdog never waits for seconds. */
  private static final int STEPS_A_LAUNCH = 1 << 14;

  private final DescentPlan plan;
  private final Device device;
  private final KernelPair advance;

  FusedDescent(DescentPlan plan, Device device) {
    this.plan = plan;
    this.device = device;
    this.advance = new KernelPair(device, "random_fill", "advance");
  }

  final DescentPlan plan() {
    return plan;
  }

  final Device device() {
    return device;
  }

  @Override
  public final void look() {
    launch(0);
  }

  @Override
  public final void advance(int steps) {
    for (int left = steps; left > 0; left -= STEPS_A_LAUNCH) {
      int now = Math.min(left, STEPS_A_LAUNCH);
      launch(now);
      advance
          .single()
          .with(Address.of(plan.step()))
          .with(plan.step().leadingStride())
          .with(now)
          .launch(1, 1, 1, 1, 0);
    }
  }

  /** Launches some steps, none to look only. */
  abstract void launch(int steps);

  /** Thresholds of the loss, 0 where nobody looks. */
  final int thresholds() {
    return plan.thresholds() == null ? 0 : plan.thresholds().dim(0);
  }

  /** 1 where every sample is taken once an epoch. */
  final int withoutReplacement() {
    return plan.sampling() == Sampling.WITHOUT_REPLACEMENT ? 1 : 0;
  }
}
