package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.optim.RuleStages;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * Another probe at the mean of the parameters that a rule of the run keeps, with the mean of the
 * running statistics; quantities are named {@code average_…}, and nothing is measured before the
 * mean has begun.
 *
 * <p>Memory: a vector (R, P) beside what the other probe takes.
 */
public final class AverageProbe implements Probe {
  private static final String PREFIX = "average_";

  private final ProbeSite site;
  private final Tensor theta;
  private final Tensor statistics;
  private final Tensor[] views;
  private final Probe probe;

  private AverageProbe(ProbeSite site, Factory factory) {
    TrainingPlan plan = site.plan();
    if (RuleStages.of(plan.rules()).average().isEmpty()) {
      throw new IllegalArgumentException(
          "no mean of the parameters is kept: add ema, polyak or swa to the optimizer, as in momentum:0.9+ema:0.999, or measure at the parameters");
    }
    Arena arena = site.arena();
    this.site = site;
    this.theta = arena.reserve(plan.dtype(), plan.replicas(), plan.network().parameterCount());
    this.statistics =
        site.statistics() == null
            ? null
            : arena.reserve(site.statistics().dtype(), site.statistics().shape());
    this.views = plan.network().view(theta);
    this.probe =
        factory.create(
            new ProbeSite(
                plan,
                site.train(),
                site.test(),
                site.validation(),
                arena,
                statistics,
                site.stop(),
                site.rules(),
                site.observed()));
    if (probe.observer().isPresent() || probe.observesSteps()) {
      probe.close();
      throw new IllegalArgumentException(
          "a mean of the parameters makes no steps, which this probe measures: leave it at the parameters");
    }
  }

  /** A factory of such probes. */
  public static Factory of(Factory factory) {
    return site -> new AverageProbe(site, factory);
  }

  @Override
  public List<Map<String, Double>> measure(Tensor parameters, Tensor[] parameterViews) {
    AverageState mean = site.rules().average();
    List<Map<String, Double>> named = new ArrayList<>();
    if (!mean.present()) {
      for (int r = 0; r < theta.dim(0); r++) {
        named.add(Map.of());
      }
      return named;
    }
    Memory memory = theta.engine().memory();
    memory.write(theta, mean.theta());
    if (statistics != null) {
      memory.write(statistics, mean.statistics());
    }
    for (Map<String, Double> quantities : probe.measure(theta, views)) {
      Map<String, Double> renamed = new LinkedHashMap<>();
      quantities.forEach((name, value) -> renamed.put(PREFIX + name, value));
      named.add(renamed);
    }
    return named;
  }

  @Override
  public boolean mayMeasure(String quantity) {
    return quantity.startsWith(PREFIX);
  }

  @Override
  public long bytes() {
    return probe.bytes();
  }

  @Override
  public Map<String, double[]> state() {
    return probe.state();
  }

  @Override
  public void restore(Map<String, double[]> state) {
    probe.restore(state);
  }

  @Override
  public void close() {
    probe.close();
  }
}
