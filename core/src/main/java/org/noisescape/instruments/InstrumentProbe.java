package org.noisescape.instruments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Histogram;
import org.noisescape.train.ObservedStep;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeSite;
import org.noisescape.train.Timeline;
import org.noisescape.train.TrainingPlan;

/**
 * Reads instruments off the step at whose end it measures; before the first step there is nothing
 * to read.
 *
 * <p>What the instruments share is computed once. Memory: the gradient of the step, θ before it,
 * and what a pass over one mini-batch takes, as far as the instruments need them.
 */
public final class InstrumentProbe implements Probe {
  private static final String START = "start";

  private final List<Instrument> instruments;
  private final Set<Need> needs = EnumSet.noneOf(Need.class);
  private final ProbeSite site;
  private final Map<Integer, SamplePass> passes = new HashMap<>();
  private final List<Map<String, Histogram>> histograms = new ArrayList<>();
  private double[] start = {};

  private InstrumentProbe(List<Instrument> instruments, ProbeSite site) {
    this.instruments = instruments;
    this.site = site;
    instruments.forEach(instrument -> needs.addAll(instrument.needs()));
    ObservedStep step = site.observed();
    step.want();
    if (needs.contains(Need.NORMS)) {
      step.wantNorms();
    }
    boolean coupled = site.statistics() != null && needs.contains(Need.NORMS);
    boolean again =
        coupled
            || needs.contains(Need.PRODUCTS)
            || needs.contains(Need.VECTORS)
            || needs.contains(Need.CURVATURE_NORMS);
    if (again) {
      step.wantTheta();
      for (Timeline.Phase phase : site.plan().timeline(site.train().size()).phases()) {
        passes.computeIfAbsent(phase.batch(), batch -> new SamplePass(site, batch, needs));
      }
    }
  }

  /** A factory of a probe that reads all of these. */
  public static Factory of(List<Instrument> instruments) {
    List<Instrument> all = List.copyOf(instruments);
    return new Factory() {
      @Override
      public Probe create(ProbeSite site) {
        require(site.plan());
        return new InstrumentProbe(all, site);
      }

      @Override
      public void require(TrainingPlan plan) {
        all.forEach(instrument -> instrument.require(plan));
      }
    };
  }

  @Override
  public boolean observesSteps() {
    return true;
  }

  @Override
  public boolean mayMeasure(String quantity) {
    return instruments.stream()
        .flatMap(instrument -> instrument.columns().stream())
        .anyMatch(quantity::startsWith);
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    double[] all = site.arena().engine().memory().readDoubles(theta);
    long done = site.rules().done();
    if (done == 0 && needs.contains(Need.START)) {
      start = all.clone();
    }
    histograms.clear();
    List<Map<String, Double>> found = new ArrayList<>();
    int parameters = theta.dim(1);
    for (int r = 0; r < theta.dim(0); r++) {
      double[] own = Arrays.copyOfRange(all, r * parameters, (r + 1) * parameters);
      Map<String, Double> columns = new LinkedHashMap<>();
      Map<String, Histogram> counted = new LinkedHashMap<>();
      if (!Arrays.stream(own).allMatch(Double::isFinite)) {
        // the trainer knows a diverged run by this
        instruments.getFirst().columns().forEach(name -> columns.put(name, Double.NaN));
      } else if (site.observed().at() == done) {
        StepSample sample = sample(r, own);
        instruments.forEach(each -> each.reader().read(sample, columns, counted));
      }
      found.add(columns);
      histograms.add(counted);
    }
    return found;
  }

  private StepSample sample(int replica, double[] theta) {
    int batch = site.observed().losses().length / site.plan().replicas();
    double[] from =
        start.length == 0
            ? start
            : Arrays.copyOfRange(start, replica * theta.length, (replica + 1) * theta.length);
    return new StepSample(site, passes.get(batch), needs, replica, theta, from);
  }

  @Override
  public List<Map<String, Histogram>> histograms() {
    return List.copyOf(histograms);
  }

  @Override
  public Map<String, double[]> unmeasured() {
    return site.observed().state();
  }

  @Override
  public Map<String, double[]> state() {
    return start.length == 0 ? Map.of() : Map.of(START, start);
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] kept = state.getOrDefault(START, start);
    int size = site.plan().replicas() * site.plan().network().parameterCount();
    if (kept.length != 0 && kept.length != size) {
      throw new IllegalArgumentException(
          "'%s' of the instruments must be %d numbers, got %d".formatted(START, size, kept.length));
    }
    start = kept;
    site.observed().restore(state);
  }
}
