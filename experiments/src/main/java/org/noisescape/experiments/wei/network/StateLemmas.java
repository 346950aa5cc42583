package org.noisescape.experiments.wei.network;

import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.wei.ValleyFrame;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.experiments.wei.ValleyNetwork;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Engine;

/** Holds the states of SGD against the lemmas, one after the other: {@link LemmaNumbers}. */
final class StateLemmas {
  /** ε of Lemma 2: far below the valley's bends, far above what a projection leaves. */
  private static final double NUDGE = 1e-3;

  private final ValleyNetwork valley;
  private final ValleyMinima minima;
  private final NetworkValley.Plan plan;
  private final ExperimentRequest request;
  private final double variance;
  private final LemmaNumbers sums;
  private final ValleyFrame[] starts;
  private final double[][] first;
  private final double[] expected;
  private final double[] total;
  private final double[] states;

  /**
   * No state yet.
   *
   * @param rate η
   */
  StateLemmas(
      ValleyNetwork valley,
      ValleyMinima minima,
      NetworkValley.Plan plan,
      ExperimentRequest request,
      double rate) {
    this.valley = valley;
    this.minima = minima;
    this.plan = plan;
    this.request = request;
    this.variance = rate * plan.strength() / 2;
    int networks = minima.networks();
    this.sums = LemmaNumbers.empty(networks, valley.curved());
    this.starts = new ValleyFrame[networks];
    this.first = new double[networks][];
    this.expected = new double[networks];
    this.total = new double[networks];
    this.states = new double[networks];
  }

  /** Adds a state, its projection, and the frame there; the curvature ends at the state. */
  void add(int network, ValleyFrame frame, double[] state, double[] at, Curvature curvature) {
    if (starts[network] == null) {
      // each network's own frame at the beginning, for the coordinates that Lemma 1 keeps
      starts[network] =
          ValleyFrame.of(curvature.at(minima.theta()[network]), valley.curved(), request.seed());
      first[network] = at;
    }
    double[] delta = difference(state, at);
    double[] theta = frame.coordinates(delta);
    double[] fixed = starts[network].coordinates(delta);
    double[][] slopes = frame.slopes();
    double[] slope = new double[delta.length];
    double[] law = new double[delta.length];
    double quadratic = 0;
    double inFixed = 0;
    for (int i = 0; i < theta.length; i++) {
      double lambda = frame.eigenvalues()[i];
      quadratic += theta[i] * theta[i] * lambda / 2;
      inFixed += fixed[i] * fixed[i] * lambda / 2;
      ValleyFrame.add(1, slopes[i], slope);
      ValleyFrame.add(theta[i] * theta[i] / 2, slopes[i], law);
      sums.variances()[network][i] += theta[i] * theta[i] / variance;
      sums.eigenvalues()[network][i] += lambda;
    }
    curvature.at(state);
    double loss = curvature.noise().value().loss();
    double[] force = frame.along(curvature.engine().memory().readDoubles(curvature.gradient()));
    sums.quadratic()[network] += loss / quadratic;
    sums.fixed()[network] += loss / inFixed;
    sums.force()[network] += ValleyFrame.dot(force, slope);
    expected[network] += ValleyFrame.dot(law, slope);
    double[] missed = difference(force, law);
    sums.scatter()[network] += ValleyFrame.dot(missed, missed);
    total[network] += ValleyFrame.dot(force, force);
    states[network]++;
  }

  /** Looks at the path behind the first replica of each network, and projects what is near it. */
  void end(Engine engine, double[] last, double[] projected) {
    int size = valley.network().parameterCount();
    int networks = states.length;
    double[] nudged = new double[networks * size];
    double[] closer = new double[networks * size];
    double[][] nudges = new double[networks][size];
    ValleyFrame[] frames = new ValleyFrame[networks];
    try (Curvature curvature = valley.curvature(engine, request)) {
      for (int i = 0; i < networks; i++) {
        double[] state = minima.one(last, i * plan.replicas());
        double[] at = minima.one(projected, i * plan.replicas());
        frames[i] = ValleyFrame.of(curvature.at(at), valley.curved(), request.seed());
        RandomStream random = RandomKey.of(request.seed(), Purpose.ESTIMATOR, i).stream(0);
        // as far along the valley as the state lies from the foot of its descent
        double[] along = frames[i].along(difference(state, at));
        for (int p = 0; p < size; p++) {
          nudges[i][p] = random.nextGaussian() / Math.sqrt(size);
          nudged[i * size + p] = state[p] + NUDGE * nudges[i][p];
          closer[i * size + p] = at[p] + along[p];
        }
      }
    }
    double[] moved = minima.project(valley, engine, request, nudged);
    double[] nearer = minima.project(valley, engine, request, closer);
    for (int i = 0; i < networks; i++) {
      double[] state = minima.one(last, i * plan.replicas());
      double[] at = minima.one(projected, i * plan.replicas());
      double distance = length(difference(state, at));
      sums.moved()[i] =
          length(frames[i].coordinates(difference(minima.one(moved, i), at)))
              / (NUDGE * length(frames[i].coordinates(nudges[i])));
      sums.nearest()[i] = length(difference(state, minima.one(nearer, i))) / distance;
      sums.first()[i] = length(difference(state, minima.theta()[i])) / distance;
      double[] path = difference(at, first[i]);
      sums.turned()[i] = length(starts[i].coordinates(path)) / length(path);
    }
  }

  /** Means of all states so far. */
  LemmaNumbers numbers() {
    for (int i = 0; i < states.length; i++) {
      sums.quadratic()[i] /= states[i];
      sums.fixed()[i] /= states[i];
      sums.force()[i] /= expected[i];
      sums.scatter()[i] = Math.sqrt(sums.scatter()[i] / total[i]);
      for (int j = 0; j < valley.curved(); j++) {
        sums.variances()[i][j] /= states[i];
        sums.eigenvalues()[i][j] /= states[i];
      }
    }
    return sums;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  private static double length(double... vector) {
    return Math.sqrt(ValleyFrame.dot(vector, vector));
  }
}
