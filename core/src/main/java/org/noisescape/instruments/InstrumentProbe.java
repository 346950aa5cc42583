package org.noisescape.instruments;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Histogram;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeSite;
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
  private final ProbeSite site;
  private final StepOfRun run;
  private final List<Map<String, Histogram>> histograms = new ArrayList<>();

  private InstrumentProbe(List<Instrument> instruments, ProbeSite site) {
    this.instruments = instruments;
    this.site = site;
    Set<Need> needs = EnumSet.noneOf(Need.class);
    instruments.forEach(instrument -> needs.addAll(instrument.needs()));
    this.run = new StepOfRun(site, needs);
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
    long done = site.rules().done();
    if (done == 0) {
      run.startAt(theta);
    }
    boolean observed = site.observed().at() == done;
    run.moveTo(theta);
    histograms.clear();
    List<Map<String, Double>> found = new ArrayList<>();
    for (int r = 0; r < theta.dim(0); r++) {
      Map<String, Double> columns = new LinkedHashMap<>();
      Map<String, Histogram> counted = new LinkedHashMap<>();
      if (observed && !Double.isFinite(run.updates()[r][0])) {
        // the trainer knows a diverged run by this
        instruments.getFirst().columns().forEach(name -> columns.put(name, Double.NaN));
      } else if (observed) {
        StepSample sample = new StepSample(run, r);
        instruments.forEach(each -> each.reader().read(sample, columns, counted));
      }
      found.add(columns);
      histograms.add(counted);
    }
    return found;
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
    double[] start = run.start();
    return start.length == 0 ? Map.of() : Map.of(START, start);
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] kept = state.getOrDefault(START, new double[0]);
    int size = site.plan().replicas() * site.plan().network().parameterCount();
    if (kept.length == size) {
      run.startAt(kept);
    } else if (kept.length != 0) {
      throw new IllegalArgumentException(
          "'%s' of the instruments must be %d numbers, got %d".formatted(START, size, kept.length));
    }
    site.observed().restore(state);
  }
}
