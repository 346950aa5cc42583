package org.noisescape.instruments;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.ObservedStep;
import org.noisescape.train.ProbeSite;
import org.noisescape.train.Timeline;

/** What the instruments of a run share at one step, of all replicas; computed when asked for. */
final class StepOfRun {
  private final ProbeSite site;
  private final Engine engine;
  private final Set<Need> needs;
  private final StepVectorNorms vectorNorms;
  private final Tensor start;
  private final Tensor way;
  private final Map<Integer, SamplePass> passes = new HashMap<>();
  private boolean started;
  private Tensor theta;
  private double[][] gradients;
  private double[][] updates;
  private double[][] parameters;
  private double[][] distances;
  private double[] norms;
  private double[] losses;

  /** Reserves memory, and says what is to be kept of steps. */
  StepOfRun(ProbeSite site, Set<Need> needs) {
    this.site = site;
    this.engine = site.arena().engine();
    this.needs = needs;
    this.vectorNorms = new StepVectorNorms(site);
    int[] shape = {site.plan().replicas(), site.plan().network().parameterCount()};
    boolean distance = needs.contains(Need.START);
    this.start = distance ? site.arena().reserve(site.plan().dtype(), shape) : null;
    this.way = distance ? site.arena().reserve(site.plan().dtype(), shape) : null;
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

  ProbeSite site() {
    return site;
  }

  Set<Need> needs() {
    return needs;
  }

  StepVectorNorms vectorNorms() {
    return vectorNorms;
  }

  /** θ is where the run begins. */
  void startAt(Tensor from) {
    if (start != null) {
      engine.memory().copy(from, start);
      started = true;
    }
  }

  /** θ₀ (R, P) for a checkpoint; empty where it is not known. */
  double[] start() {
    return started ? engine.memory().readDoubles(start) : new double[0];
  }

  /** Puts θ₀ as it was. */
  void startAt(double[] from) {
    if (start != null) {
      engine.memory().write(start, from);
      started = true;
    }
  }

  /** Another step has been observed. */
  void moveTo(Tensor behind) {
    theta = behind;
    gradients = null;
    updates = null;
    parameters = null;
    distances = null;
    norms = null;
    losses = null;
  }

  /** θ behind the step (R, P). */
  Tensor theta() {
    return theta;
  }

  /** Samples of its mini-batch. */
  int batch() {
    return losses().length / site.plan().replicas();
  }

  /** A pass over its mini-batch, or null where nothing needs one. */
  SamplePass pass() {
    return passes.get(batch());
  }

  double[][] gradients() {
    if (gradients == null) {
      gradients = vectorNorms.of(site.observed().gradient());
    }
    return gradients;
  }

  double[][] updates() {
    if (updates == null) {
      ObservedStep step = site.observed();
      boolean plain = step.direction() == step.gradient();
      updates = plain ? gradients() : vectorNorms.of(step.direction());
    }
    return updates;
  }

  double[][] parameters() {
    if (parameters == null) {
      parameters = vectorNorms.of(theta);
    }
    return parameters;
  }

  /** From θ₀; no rows where that is not known. */
  double[][] distances() {
    if (distances == null && started) {
      engine.memory().copy(theta, way);
      engine.linearAlgebra().axpby(-1, start, 1, way);
      distances = vectorNorms.of(way);
    }
    return started ? distances : new double[0][];
  }

  double[] norms() {
    if (norms == null) {
      norms = site.observed().norms();
    }
    return norms;
  }

  double[] losses() {
    if (losses == null) {
      losses = site.observed().losses();
    }
    return losses;
  }
}
