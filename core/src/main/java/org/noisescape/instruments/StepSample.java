package org.noisescape.instruments;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.ObservedStep;
import org.noisescape.train.ProbeSite;

/** One replica's share of an observed step; what is dear is computed when first asked for. */
final class StepSample {
  private final ProbeSite site;
  private final ObservedStep step;
  private final SamplePass pass;
  private final Set<Need> needs;
  private final int replica;
  private final double[] theta;
  private final double[] start;
  private final int batch;
  private double[] before;
  private double[] norms;
  private BatchMoments moments;
  private ElementMoments elements;
  private ElementHistogram histogram;

  /**
   * Of a step that was observed.
   *
   * @param pass for its mini-batch, or null where nothing needs one
   * @param theta θ behind the step (P)
   * @param start θ₀ (P); empty where it is not known
   */
  StepSample(
      ProbeSite site,
      SamplePass pass,
      Set<Need> needs,
      int replica,
      double[] theta,
      double[] start) {
    this.site = site;
    this.step = site.observed();
    this.pass = pass;
    this.needs = needs;
    this.replica = replica;
    this.theta = theta;
    this.start = start;
    this.batch = step.losses().length / site.plan().replicas();
    if (pass != null) {
      pass.take(step.miniBatch(step.at() - 1), replica);
    }
  }

  List<ParameterSpec> tensors() {
    return site.plan().network().parameters();
  }

  double learningRate() {
    return step.learningRate();
  }

  /** θ behind the step. */
  double[] theta() {
    return theta;
  }

  double[] start() {
    return start;
  }

  double[] gradient() {
    return row(step.gradient());
  }

  double[] direction() {
    return row(step.direction());
  }

  private double[] row(Tensor tensor) {
    return site.arena().engine().memory().readDoubles(tensor.rows(replica, 1));
  }

  private double[] before() {
    if (before == null) {
      before = row(step.thetaBefore());
    }
    return before;
  }

  private double[] norms() {
    if (norms == null) {
      double[] all = step.norms();
      norms = all.length > 0 ? ofReplica(all) : pass.norms().gradients(before());
    }
    return norms;
  }

  private double[] ofReplica(double[] all) {
    return Arrays.copyOfRange(all, replica * batch, (replica + 1) * batch);
  }

  /** (1/B) Σ ℓ_n of the step itself. */
  InstrumentReading loss() {
    double[] losses = ofReplica(step.losses());
    return new InstrumentReading(Spread.mean(losses), Spread.standardError(losses));
  }

  BatchMoments moments() {
    if (moments == null) {
      boolean again = needs.contains(Need.PRODUCTS) || site.statistics() != null;
      if (again) {
        pass.moveTo(before());
      }
      boolean products = needs.contains(Need.PRODUCTS);
      moments =
          new BatchMoments(
              again ? pass.losses() : ofReplica(step.losses()),
              norms(),
              again ? pass.gradientNormSquared() : squared(gradient()),
              products ? pass.products() : null,
              products ? pass.noiseProducts() : null);
    }
    return moments;
  }

  private static double squared(double[] vector) {
    double sum = 0;
    for (double element : vector) {
      sum += element * element;
    }
    return sum;
  }

  /** α of the step; the other end is seen on the mini-batch of the next one. */
  InstrumentReading alpha() {
    double[] along = direction();
    for (int i = 0; i < along.length; i++) {
      along[i] *= -step.learningRate();
    }
    double[][] losses = new double[2][];
    double[][] slopes = new double[2][];
    for (int end = 0; end < 2; end++) {
      pass.take(step.miniBatch(step.at() - 1 + end), replica);
      pass.moveTo(end == 0 ? before() : theta);
      losses[end] = pass.losses();
      slopes[end] = pass.slopes(along);
    }
    pass.take(step.miniBatch(step.at() - 1), replica);
    return LocalStep.alpha(losses, slopes);
  }

  ElementMoments elements() {
    if (elements == null) {
      ElementHistogram counted =
          new ElementHistogram(needs.contains(Need.JOINT_HISTOGRAM) ? before() : null);
      elements =
          new ElementMoments(
              pass.vectors(), before(), batch, (n, gradient) -> counted.add(gradient));
      histogram = counted;
    }
    return elements;
  }

  ElementHistogram histogram() {
    elements();
    return histogram;
  }

  InstrumentReading takeuchiTrace() {
    return ElementMoments.takeuchiTrace(norms(), pass.norms().gaussNewtonTraces(before()));
  }
}
