package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.tensor.Tensor;

/** The probes of a run: when they are due, what they find, and what a checkpoint keeps of them. */
final class ScheduledProbes implements AutoCloseable {
  private final List<Probe> probes = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();
  private final Timeline timeline;

  /** Before a measurement, half of which changes it. */
  private List<Map<String, double[]>> before = List.of();

  /** Of the last measurement, one map a replica. */
  private final List<Map<String, Histogram>> histograms = new ArrayList<>();

  ScheduledProbes(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Creates probes; those of them that exist are closed with this, whatever fails. */
  void create(List<Probe.Scheduled> scheduled, ProbeSite site) {
    for (Probe.Scheduled probe : scheduled) {
      probes.add(probe.factory().create(site));
      intervals.add(probe.interval());
    }
  }

  /** What sees every step on behalf of a probe. */
  List<StepObserver> observers() {
    return probes.stream().map(Probe::observer).flatMap(Optional::stream).toList();
  }

  /** Bytes that they take beside the trainer's arena. */
  long bytes() {
    return probes.stream().mapToLong(Probe::bytes).sum();
  }

  /** The first step after a step at which one is due, or the largest number. */
  long next(long step) {
    return intervals.stream()
        .mapToLong(interval -> interval.next(step, timeline))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Measures with all probes.
   *
   * @param theta θ (R, P)
   * @param views θ as the network's parameters
   * @return quantities by name, one map a replica; no map where there is no probe
   */
  List<Map<String, Double>> measureAll(Tensor theta, Tensor[] views) {
    return measure(probes, theta, views);
  }

  /** Measures with the probes that are due at a step. */
  List<Map<String, Double>> measure(long at, Tensor theta, Tensor[] views) {
    return measure(due(at, true), theta, views);
  }

  /** Measures with those that are not due at a step as well, into what the others found. */
  void measureOthers(long at, Tensor theta, Tensor[] views, List<Map<String, Double>> merged) {
    measure(due(at, false), theta, views, merged);
  }

  private List<Probe> due(long at, boolean wanted) {
    List<Probe> due = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      if ((intervals.get(i).next(at - 1, timeline) == at) == wanted) {
        due.add(probes.get(i));
      }
    }
    return due;
  }

  private List<Map<String, Double>> measure(List<Probe> due, Tensor theta, Tensor[] views) {
    before = state();
    histograms.clear();
    List<Map<String, Double>> merged = new ArrayList<>();
    measure(due, theta, views, merged);
    return merged;
  }

  private void measure(
      List<Probe> due, Tensor theta, Tensor[] views, List<Map<String, Double>> merged) {
    for (Probe probe : due) {
      List<Map<String, Double>> quantities = probe.measure(theta, views);
      if (quantities.size() != theta.dim(0)) {
        throw new IllegalStateException(
            "probe %s gave %d maps for %d replicas: give one each"
                .formatted(probe.getClass().getSimpleName(), quantities.size(), theta.dim(0)));
      }
      for (int r = 0; r < quantities.size(); r++) {
        if (merged.size() <= r) {
          merged.add(new LinkedHashMap<>());
        }
        merged.get(r).putAll(quantities.get(r));
      }
      List<Map<String, Histogram>> found = probe.histograms();
      for (int r = 0; r < found.size(); r++) {
        if (histograms.size() <= r) {
          histograms.add(new LinkedHashMap<>());
        }
        histograms.get(r).putAll(found.get(r));
      }
    }
  }

  /** Histograms of the last measurement of a replica. */
  Map<String, Histogram> histograms(int replica) {
    return replica < histograms.size() ? histograms.get(replica) : Map.of();
  }

  /** Whether the step that ends at a step, or at the end of the run, is one to observe. */
  boolean observe(long at, boolean end) {
    return (end ? probes : due(at, true)).stream().anyMatch(Probe::observesSteps);
  }

  /** Whether one of them may come to measure a quantity that it leaves out at first. */
  boolean mayMeasure(String quantity) {
    return probes.stream().anyMatch(probe -> probe.mayMeasure(quantity));
  }

  /** What a checkpoint keeps of them; nothing where none has memory. */
  List<Map<String, double[]>> state() {
    List<Map<String, double[]>> kept = probes.stream().map(Probe::state).toList();
    return kept.stream().allMatch(Map::isEmpty) ? List.of() : kept;
  }

  /** The state before the last measurement, from which it can be made again. */
  List<Map<String, double[]>> stateBefore() {
    List<Map<String, double[]>> again = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Map<String, double[]> kept = new LinkedHashMap<>(probes.get(i).unmeasured());
      if (!before.isEmpty()) {
        kept.putAll(before.get(i));
      }
      again.add(kept);
    }
    return again.stream().allMatch(Map::isEmpty) ? List.of() : again;
  }

  /**
   * Puts them as they were; probes the state knows nothing of begin afresh.
   *
   * @throws IllegalArgumentException where it is the state of other probes
   */
  void restore(List<Map<String, double[]>> state) {
    for (int i = 0; i < state.size(); i++) {
      if (!state.get(i).isEmpty()) {
        probes.get(i).restore(state.get(i));
      }
    }
  }

  /** Refuses a state of more probes than there are. */
  void requireAtLeast(int kept) {
    if (kept > probes.size()) {
      throw new IllegalArgumentException(
          "it keeps the memory of %d probes, the run has %d".formatted(kept, probes.size()));
    }
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
  }
}
