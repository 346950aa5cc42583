package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/**
 * Normalisation of single rows that are one group, that of a layer's features: sweeps over the row
 * with numbers where sets of more have arrays of the channels.
 *
 * <p>Formulas are those of {@link NormalizedSet}; rows are at addresses, and may be read and
 * written in place. Sweeps are called by one call of many targets, which the compiler leaves a
 * call: taken into one method together they would be too much, and leave vectors on the heap.
 */
final class SingleRow {
  private static final int LANES = DoubleLanes.D.length();

  private final boolean wide;
  private final int channels;
  private final LaneTail tail;
  private final VectorMask<Double> rest;
  private final double[] parts = new double[LANES];
  private final Runnable sweepMoments = this::sweepMoments;
  private final Runnable sweepForward = this::sweepForward;
  private final Runnable sweepSums = this::sweepSums;
  private final Runnable sweepCombination = this::sweepCombination;
  private final Runnable sweepAffine = this::sweepAffine;
  private long x;
  private long yBar;
  private long out;
  private double mean;
  private double s;
  private double floor;
  private double slope;
  private double constant;
  private double[] gamma;
  private double[] beta;
  private double[] gammaBar;
  private double[] betaBar;
  private double first;
  private double second;

  SingleRow(boolean wide, int channels) {
    this.wide = wide;
    this.channels = channels;
    this.tail = new LaneTail(channels);
    this.rest = DoubleLanes.D.indexInRange(0, channels - tail.from());
  }

  /** Σ d of {@link #moments}, Σ u of {@link #sums}, whichever was last. */
  double first() {
    return first;
  }

  /** Σ d², or Σ u d. */
  double second() {
    return second;
  }

  private static void apart(Runnable sweep) {
    sweep.run();
  }

  /** Finds Σ d and Σ d², d = x − origin. */
  void moments(long row, double origin) {
    x = row;
    mean = origin;
    apart(sweepMoments);
  }

  private void sweepMoments() {
    DoubleVector plain = DoubleVector.zero(DoubleLanes.D);
    DoubleVector square = DoubleVector.zero(DoubleLanes.D);
    int c = 0;
    for (; c < tail.from(); c += LANES) {
      DoubleVector d = DoubleLanes.load(wide, x, c).sub(mean);
      plain = plain.add(d);
      square = d.fma(d, square);
    }
    if (c < channels) {
      DoubleVector d = tail.load(wide, x, c).sub(mean, rest);
      plain = plain.add(d);
      square = d.fma(d, square);
    }
    first = total(plain);
    second = total(square);
  }

  /** Goes to a row, its μ and s, and γ, which is zero beyond the row. */
  void enter(long row, double mu, double deviation, double[] scale) {
    x = row;
    mean = mu;
    s = deviation;
    gamma = scale;
  }

  /** y ← act(γ s (x − μ) + β). */
  void forward(Activation activation, double[] shift, long y) {
    boolean relu = activation == Activation.RELU;
    floor = relu ? 0 : Double.NEGATIVE_INFINITY;
    beta = shift;
    out = y;
    apart(sweepForward);
    boolean later = !relu && activation != Activation.IDENTITY;
    if (later && wide) {
      Float64Kernels.activation(activation, y, y, 0, channels);
    } else if (later) {
      Float32Kernels.activation(activation, y, y, 0, channels);
    }
  }

  private void sweepForward() {
    int c = 0;
    for (; c < tail.from(); c += LANES) {
      DoubleVector hat = DoubleLanes.load(wide, x, c).sub(mean).mul(s);
      DoubleVector v = hat.fma(of(gamma, c), of(beta, c));
      DoubleLanes.store(v.blend(floor, v.compare(VectorOperators.LT, floor)), wide, out, c);
    }
    if (c < channels) {
      DoubleVector hat = tail.load(wide, x, c).sub(mean).mul(s);
      DoubleVector v = hat.fma(of(gamma, c), of(beta, c));
      tail.store(v.blend(floor, v.compare(VectorOperators.LT, floor)), wide, out, c);
    }
  }

  /** Finds Σ u and Σ u d, u = γ ȳ. */
  void sums(long bar) {
    yBar = bar;
    apart(sweepSums);
  }

  private void sweepSums() {
    DoubleVector plain = DoubleVector.zero(DoubleLanes.D);
    DoubleVector product = DoubleVector.zero(DoubleLanes.D);
    int c = 0;
    for (; c < tail.from(); c += LANES) {
      DoubleVector u = DoubleLanes.load(wide, yBar, c).mul(of(gamma, c));
      plain = plain.add(u);
      product = DoubleLanes.load(wide, x, c).sub(mean).fma(u, product);
    }
    if (c < channels) {
      DoubleVector u = tail.load(wide, yBar, c).mul(of(gamma, c));
      plain = plain.add(u);
      product = tail.load(wide, x, c).sub(mean).fma(u, product);
    }
    first = total(plain);
    second = total(product);
  }

  /** x̄ ← s u + slope x + constant. */
  void combine(double ofX, double shift, long bar, long xBar) {
    slope = ofX;
    constant = shift;
    yBar = bar;
    out = xBar;
    apart(sweepCombination);
  }

  private void sweepCombination() {
    int c = 0;
    for (; c < tail.from(); c += LANES) {
      DoubleVector v = DoubleLanes.load(wide, x, c).mul(slope).add(constant);
      DoubleVector u = DoubleLanes.load(wide, yBar, c).mul(of(gamma, c));
      DoubleLanes.store(u.mul(s).add(v), wide, out, c);
    }
    if (c < channels) {
      DoubleVector v = tail.load(wide, x, c).mul(slope).add(constant);
      DoubleVector u = tail.load(wide, yBar, c).mul(of(gamma, c));
      tail.store(u.mul(s).add(v), wide, out, c);
    }
  }

  /** γ̄ ← γ̄ + s ȳ d, β̄ ← β̄ + ȳ. */
  void affine(long bar, double[] ofGamma, double[] ofBeta) {
    yBar = bar;
    gammaBar = ofGamma;
    betaBar = ofBeta;
    apart(sweepAffine);
  }

  private void sweepAffine() {
    int c = 0;
    for (; c < tail.from(); c += LANES) {
      DoubleVector bar = DoubleLanes.load(wide, yBar, c);
      DoubleVector hat = DoubleLanes.load(wide, x, c).sub(mean).mul(s);
      hat.fma(bar, of(gammaBar, c)).intoArray(gammaBar, c);
      of(betaBar, c).add(bar).intoArray(betaBar, c);
    }
    if (c < channels) {
      DoubleVector bar = tail.load(wide, yBar, c);
      DoubleVector hat = tail.load(wide, x, c).sub(mean).mul(s);
      hat.fma(bar, of(gammaBar, c)).intoArray(gammaBar, c);
      of(betaBar, c).add(bar).intoArray(betaBar, c);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }

  /** The sum of the lanes, by halves. */
  private double total(DoubleVector v) {
    v.intoArray(parts, 0);
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        parts[k] += parts[k + half];
      }
    }
    return parts[0];
  }
}
