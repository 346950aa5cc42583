package org.noisescape.instruments;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.ObservedStep;

/** One replica's share of an observed step; what is dear is computed when first asked for. */
final class StepSample {
  private final StepOfRun run;
  private final ObservedStep step;
  private final SamplePass pass;
  private final Set<Need> needs;
  private final int replica;
  private double[] before;
  private double[] norms;
  private BatchMoments moments;
  private ElementMoments elements;
  private ElementHistogram histogram;

  /** Of a step that was observed. */
  StepSample(StepOfRun run, int replica) {
    this.run = run;
    this.step = run.site().observed();
    this.needs = run.needs();
    this.replica = replica;
    this.pass = run.pass();
    if (pass != null) {
      pass.take(step.miniBatch(step.at() - 1), replica);
    }
  }

  double learningRate() {
    return step.learningRate();
  }

  /** ‖g‖ of the mini-batch gradient. */
  void gradientNorms(Map<String, Double> columns) {
    double[] squares = run.gradients()[replica];
    run.vectorNorms().put(columns, "batch_gradient_norm", squares, 1);
  }

  /** ‖ηu‖, and ‖ηu‖/‖θ‖ with θ behind the step; of tensors that are zero there is no ratio. */
  void updateNorms(Map<String, Double> columns) {
    double[] updates = run.updates()[replica];
    double[] parameters = run.parameters()[replica];
    run.vectorNorms().put(columns, "update_norm", updates, learningRate());
    double[] ratios = new double[updates.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = parameters[i] > 0 ? updates[i] / parameters[i] : Double.NaN;
    }
    run.vectorNorms().put(columns, "update_ratio", ratios, learningRate());
  }

  /** ‖θ − θ₀‖, where θ₀ is known. */
  void distances(Map<String, Double> columns) {
    if (run.distances().length > 0) {
      double[] squares = run.distances()[replica];
      run.vectorNorms().put(columns, "distance_from_start", squares, 1);
    }
  }

  private double[] row(Tensor tensor) {
    return run.site().arena().engine().memory().readDoubles(tensor.rows(replica, 1));
  }

  private double[] before() {
    if (before == null) {
      before = row(step.thetaBefore());
    }
    return before;
  }

  private double[] norms() {
    if (norms == null) {
      norms = run.norms().length > 0 ? ofReplica(run.norms()) : pass.norms().gradients(before());
    }
    return norms;
  }

  private double[] ofReplica(double[] all) {
    return Arrays.copyOfRange(all, replica * run.batch(), (replica + 1) * run.batch());
  }

  /** (1/B) Σ ℓ_n of the step itself. */
  InstrumentReading loss() {
    double[] losses = ofReplica(run.losses());
    return new InstrumentReading(BatchSpread.mean(losses), BatchSpread.standardError(losses));
  }

  BatchMoments moments() {
    if (moments == null) {
      boolean again = needs.contains(Need.PRODUCTS) || run.site().statistics() != null;
      if (again) {
        pass.moveTo(before());
      }
      boolean products = needs.contains(Need.PRODUCTS);
      moments =
          new BatchMoments(
              again ? pass.losses() : ofReplica(run.losses()),
              norms(),
              again ? pass.gradientNormSquared() : run.gradients()[replica][0],
              products ? pass.products() : null,
              products ? pass.noiseProducts() : null);
    }
    return moments;
  }

  /** α of the step; the other end is seen on the mini-batch of the next one. */
  InstrumentReading alpha() {
    double[] along = row(step.direction());
    for (int i = 0; i < along.length; i++) {
      along[i] *= -step.learningRate();
    }
    double[][] losses = new double[2][];
    double[][] slopes = new double[2][];
    for (int end = 0; end < 2; end++) {
      pass.take(step.miniBatch(step.at() - 1 + end), replica);
      pass.moveTo(end == 0 ? before() : row(run.theta()));
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
              pass.vectors(), before(), run.batch(), (n, gradient) -> counted.add(gradient));
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
