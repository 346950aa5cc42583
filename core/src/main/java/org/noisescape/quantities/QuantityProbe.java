package org.noisescape.quantities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network;
import org.noisescape.quantities.Finding.ErrorKind;
import org.noisescape.quantities.Finding.Form;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Preconditioner;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeSite;
import org.noisescape.train.RuleStates;

/**
 * Quantities of a table as columns of the metrics of a run.
 *
 * <p>Replicas are measured one after another. A quantity {@code q} writes {@code q}, or {@code
 * q_1}, {@code q_2}, … where it is a list; the same with its error's name behind it; {@code q_NAME}
 * for further numbers; and {@code q_converged}, 1 or 0. Numbers that are not defined at a θ are
 * left out. The random vectors are those of the run's seed at every point: differences between
 * points carry less noise than the numbers themselves.
 */
final class QuantityProbe implements Probe {
  private final List<QuantityRequest> requests;
  private final CurvatureOfRun curvature;
  private final ProbeOptions options;
  private final Demand demand;
  private final ProbeSite site;
  private final Preconditioner preconditioner;
  private final Engine engine;
  private final long bytes;

  private QuantityProbe(
      List<QuantityRequest> requests,
      ProbeOptions options,
      CurvatureOfRun curvature,
      ProbeSite site) {
    this.requests = requests;
    this.curvature = curvature;
    this.options = options;
    Network network = site.plan().network();
    this.demand =
        new Demand(network, site.plan().loss(), site.train().size(), site.plan().dtype(), options);
    requests.forEach(demand::announce);
    this.preconditioner =
        requests.stream().anyMatch(each -> each.quantity().measure().isPreconditioned())
            ? Preconditioner.of(site.plan(), site.train().size())
            : null;
    this.site = site;
    this.engine = site.arena().engine();
    this.bytes = curvature.plan(site, options) + demand.workspace();
    site.arena().onCommit(this::take);
  }

  private void take() {
    if (demand.workspace() > engine.availableMemory()) {
      throw new IllegalArgumentException(
          "the probes need %.1f GiB of memory, engine %s has %.1f GiB left: take fewer eigenvalues"
              .formatted(
                  demand.workspace() * 0x1p-30, engine.name(), engine.availableMemory() * 0x1p-30));
    }
    curvature.take();
  }

  /**
   * A factory of such probes.
   *
   * @param curvature shared by the probes of a run
   */
  static Factory of(
      List<QuantityRequest> requests, ProbeOptions options, CurvatureOfRun curvature) {
    return site -> new QuantityProbe(List.copyOf(requests), options, curvature, site);
  }

  @Override
  public boolean mayMeasure(String quantity) {
    return requests.stream().anyMatch(each -> quantity.startsWith(each.quantity().key()));
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    List<Map<String, Double>> all = new ArrayList<>();
    for (int r = 0; r < theta.dim(0); r++) {
      double[] values = engine.memory().readDoubles(theta.rows(r, 1));
      Map<String, Double> columns = new LinkedHashMap<>();
      if (Arrays.stream(values).allMatch(Double::isFinite)) {
        try (Point point =
            new Point(curvature.get().at(values, site.statistics(r)), options, demand)) {
          int replica = r;
          point.withMetric(() -> metric(replica));
          requests.forEach(each -> put(columns, each, point.measure(each).estimate()));
        } catch (ArithmeticException e) {
          diverged(columns);
        }
      } else {
        diverged(columns);
      }
      all.add(columns);
    }
    return all;
  }

  private StepMetric metric(int replica) {
    RuleStates rules = site.rules();
    double[] second =
        preconditioner.isAdaptive()
            ? rules.vector(preconditioner.secondMoment(), replica)
            : new double[0];
    return StepMetric.of(
        preconditioner, rules.done(), second, site.plan().network().parameterCount());
  }

  /** Products or θ are not finite any more: the trainer knows a diverged run by this. */
  private void diverged(Map<String, Double> columns) {
    requests.forEach(each -> columns.put(each.quantity().key(), Double.NaN));
  }

  private static void put(Map<String, Double> columns, QuantityRequest request, Finding estimate) {
    String key = request.quantity().key();
    if (!estimate.isUndefined()) {
      for (int i = 0; i < estimate.values().size(); i++) {
        String name = estimate.form() == Form.NUMBER ? key : key + "_" + (i + 1);
        columns.put(name, estimate.values().get(i));
        if (estimate.errorKind() != ErrorKind.NONE) {
          columns.put(name + "_" + estimate.errorKind().key(), estimate.errors().get(i));
        }
      }
      estimate
          .extras()
          .forEach(
              (name, finding) -> {
                if (finding instanceof Number number && Double.isFinite(number.doubleValue())) {
                  columns.put(key + "_" + name, number.doubleValue());
                }
              });
    }
    columns.put(key + "_converged", estimate.converged() ? 1.0 : 0.0);
  }

  @Override
  public void close() {
    curvature.close();
  }
}
