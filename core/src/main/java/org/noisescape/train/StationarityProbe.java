package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.noisescape.tensor.Tensor;

/**
 * How far a run is from stationarity: both sides of the fluctuation-dissipation relation, their
 * ratio and its distance from 1, with standard errors, over the steps since the last measurement
 * and, as {@code half}, over the later half of the run (Yaida 2019, section 3).
 *
 * <p>Nothing is measured before the first step. A subspace is refreshed after each measurement at
 * the θ found there, and kept until the next.
 */
public final class StationarityProbe implements Probe {
  private final StationarityGauge gauge;
  private final Subspace subspace;
  private final String prefix;
  private final int replicas;

  private StationarityProbe(ProbeSite site, String prefix, int rank, Subspace subspace) {
    this.gauge = new StationarityGauge(site, rank);
    this.subspace = subspace;
    this.prefix = prefix;
    this.replicas = site.plan().replicas();
  }

  /** All of parameter space; quantities {@code fdr_left}, {@code fdr_right} and so on. */
  public static Probe.Factory full() {
    return site -> new StationarityProbe(site, "fdr_", 0, null);
  }

  /**
   * The space of the k largest eigenvalues of the Hessian; quantities {@code fdr_topK_left} and so
   * on, and the largest and least eigenvalue, the largest residual, whether all pairs converged,
   * the products used, and the overlap with the space of the last stretch.
   */
  public static Probe.Factory top(int rank) {
    String prefix = "fdr_top" + rank + "_";
    return projected(prefix, rank, site -> new HessianEigenspace(site, prefix, rank));
  }

  /**
   * A subspace.
   *
   * @param prefix of the quantities' names
   * @param rank k
   * @param subspace finds it
   */
  public static Probe.Factory projected(
      String prefix, int rank, Function<ProbeSite, Subspace> subspace) {
    return site -> new StationarityProbe(site, prefix, rank, subspace.apply(site));
  }

  @Override
  public Optional<StepObserver> observer() {
    return Optional.of(gauge);
  }

  @Override
  public boolean mayMeasure(String quantity) {
    return quantity.startsWith(prefix);
  }

  @Override
  public long bytes() {
    return subspace == null ? 0 : subspace.bytes();
  }

  @Override
  public void close() {
    if (subspace != null) {
      subspace.close();
    }
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    BlockSums blocks = gauge.blocks();
    List<Map<String, Double>> all = new ArrayList<>();
    int half = blocks.half();
    for (int r = 0; r < replicas; r++) {
      Map<String, Double> quantities = new LinkedHashMap<>();
      if (blocks.marked() < blocks.blocks()) {
        put(quantities, prefix, gauge.ratio(blocks.marked(), r));
      }
      if (half < blocks.blocks()) {
        put(quantities, prefix + "half_", gauge.ratio(half, r));
      }
      all.add(quantities);
    }
    blocks.mark();
    if (subspace != null) {
      List<Map<String, Double>> found = subspace.refresh(theta, gauge.subspace());
      for (int r = 0; r < found.size(); r++) {
        all.get(r).putAll(found.get(r));
      }
    }
    return all;
  }

  /** A ratio without a right side (no gradient in the subspace at all) is left out. */
  private static void put(
      Map<String, Double> quantities, String prefix, StationarityRatio estimate) {
    quantities.put(prefix + "left", estimate.left());
    quantities.put(prefix + "left_standard_error", estimate.leftStandardError());
    quantities.put(prefix + "right", estimate.right());
    quantities.put(prefix + "right_standard_error", estimate.rightStandardError());
    if (estimate.right() > 0) {
      quantities.put(prefix + "ratio", estimate.ratio());
      quantities.put(prefix + "deviation", estimate.deviation());
      quantities.put(prefix + "deviation_standard_error", estimate.ratioStandardError());
    }
  }

  @Override
  public Map<String, double[]> state() {
    return gauge.state();
  }

  @Override
  public void restore(Map<String, double[]> state) {
    gauge.restore(state);
  }
}
