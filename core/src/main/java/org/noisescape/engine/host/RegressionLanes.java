package org.noisescape.engine.host;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.random.Philox;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.Sampling;

/** One replica a lane; what one thread needs to run a group of them. */
final class RegressionLanes {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, D.vectorShape());

  /** Replicas of a group. */
  static final int WIDTH = D.length();

  private static final long LOW = 0xFFFFFFFFL;

  private final DescentPlan plan;
  private final HostRegressionData data;
  private final PassageTable passages;
  private final int dimension;
  private final int samples;
  private final double[] theta;
  private final double[] gradient;
  private final double[] inputs;
  private final double[] scale = new double[WIDTH];
  private final double[] loss = new double[WIDTH];
  private final double[] next = new double[WIDTH];
  private final long[] keyLow = new long[WIDTH];
  private final long[] keyHigh = new long[WIDTH];
  private final long[] words = new long[4 * WIDTH];
  private final int[] indices = new int[WIDTH];
  private final int[] replicas = new int[WIDTH];
  private final BatchDraws permutations;
  private final int[][] permuted;
  private int moving;

  RegressionLanes(DescentPlan plan, HostRegressionData data, PassageTable passages) {
    this.plan = plan;
    this.data = data;
    this.passages = passages;
    this.dimension = plan.theta().dim(1);
    this.samples = plan.samples();
    this.theta = new double[dimension * WIDTH];
    this.gradient = new double[dimension * WIDTH];
    this.inputs = new double[dimension * WIDTH];
    boolean permute = plan.sampling() == Sampling.WITHOUT_REPLACEMENT;
    this.permutations = permute ? new BatchDraws(samples, plan.batch(), plan.sampling()) : null;
    this.permuted = permute ? new int[WIDTH][plan.batch()] : null;
  }

  /**
   * Runs the group of replicas chosen[first], …; with zero steps it only looks.
   *
   * @param from steps done before
   */
  void run(int[] chosen, int first, long from, int steps) {
    int size = Math.min(WIDTH, chosen.length - first);
    load(chosen, first, size);
    if (steps == 0) {
      look(from);
    }
    for (long k = from; k < from + steps && moving > 0; k++) {
      step(k);
      if (passages.count() > 0 && (k + 1) % plan.lookEvery() == 0) {
        look(k + 1);
      }
    }
    for (int lane = 0; lane < WIDTH; lane++) {
      if (replicas[lane] >= 0) {
        store(lane);
      }
    }
  }

  /** Lanes without a replica repeat the last one and are never stored. */
  private void load(int[] chosen, int first, int size) {
    moving = size;
    for (int lane = 0; lane < WIDTH; lane++) {
      int replica = chosen[first + Math.min(lane, size - 1)];
      replicas[lane] = lane < size ? replica : -1;
      long row = row(replica);
      for (int j = 0; j < dimension; j++) {
        theta[j * WIDTH + lane] = Float64Kernels.get(row, j);
      }
      long key = HostRandomFill.key(plan.keys(), replica);
      keyLow[lane] = key & LOW;
      keyHigh[lane] = key >>> 32;
      scale[lane] =
          -Float64Kernels.get(Native.element(plan.learningRate(), replica), 0) / plan.batch();
      loss[lane] = Float64Kernels.get(Native.element(plan.values(), replica), 0);
      int t = passages.next(replica);
      next[lane] =
          lane < size && t < passages.count() ? passages.threshold(t) : Double.POSITIVE_INFINITY;
    }
  }

  private void store(int lane) {
    long row = row(replicas[lane]);
    for (int j = 0; j < dimension; j++) {
      Float64Kernels.set(row, j, theta[j * WIDTH + lane]);
    }
    Float64Kernels.set(Native.element(plan.values(), replicas[lane]), 0, loss[lane]);
  }

  private long row(int replica) {
    return Native.address(plan.theta()) + replica * Native.rowBytes(plan.theta());
  }

  private void step(long k) {
    Arrays.fill(gradient, 0);
    if (permuted != null) {
      permute(k);
    }
    for (int b = 0; b < plan.batch(); b++) {
      if (permuted != null) {
        for (int lane = 0; lane < WIDTH; lane++) {
          indices[lane] = permuted[lane][b];
        }
      } else {
        if (b % 4 == 0) {
          philox(k, b / 4);
        }
        for (int lane = 0; lane < WIDTH; lane++) {
          indices[lane] = (int) ((words[b % 4 * WIDTH + lane] * samples) >>> 32);
        }
      }
      addSample();
    }
    DoubleVector factor = DoubleVector.fromArray(D, scale, 0);
    for (int j = 0; j < dimension; j++) {
      DoubleVector.fromArray(D, gradient, j * WIDTH)
          .fma(factor, DoubleVector.fromArray(D, theta, j * WIDTH))
          .intoArray(theta, j * WIDTH);
    }
  }

  private void permute(long k) {
    for (int lane = 0; lane < WIDTH; lane++) {
      int[] drawn = permutations.at(keyLow[lane] | keyHigh[lane] << 32, k);
      System.arraycopy(drawn, 0, permuted[lane], 0, drawn.length);
    }
  }

  /** gradient ← gradient + (θ·x − t) x. */
  private void addSample() {
    double[] columns = data.columns();
    DoubleVector residual =
        DoubleVector.fromArray(D, columns, dimension * samples, indices, 0).neg();
    for (int j = 0; j < dimension; j++) {
      DoubleVector x = DoubleVector.fromArray(D, columns, j * samples, indices, 0);
      x.intoArray(inputs, j * WIDTH);
      residual = x.fma(DoubleVector.fromArray(D, theta, j * WIDTH), residual);
    }
    for (int j = 0; j < dimension; j++) {
      DoubleVector.fromArray(D, inputs, j * WIDTH)
          .fma(residual, DoubleVector.fromArray(D, gradient, j * WIDTH))
          .intoArray(gradient, j * WIDTH);
    }
  }

  /** The four words of one block of every lane's key, a row of lanes a word. */
  private void philox(long step, long block) {
    LongVector c0 = LongVector.broadcast(L, block & LOW);
    LongVector c1 = LongVector.broadcast(L, block >>> 32);
    LongVector c2 = LongVector.broadcast(L, step & LOW);
    LongVector c3 = LongVector.broadcast(L, step >>> 32);
    LongVector k0 = LongVector.fromArray(L, keyLow, 0);
    LongVector k1 = LongVector.fromArray(L, keyHigh, 0);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      LongVector p0 = c0.mul(Philox.M0 & LOW);
      LongVector p1 = c2.mul(Philox.M1 & LOW);
      c0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
      c2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
      c0 = c0.lanewise(VectorOperators.XOR, k0);
      c2 = c2.lanewise(VectorOperators.XOR, k1);
      c1 = p1.and(LOW);
      c3 = p0.and(LOW);
      k0 = k0.add(Philox.W0 & LOW).and(LOW);
      k1 = k1.add(Philox.W1 & LOW).and(LOW);
    }
    c0.intoArray(words, 0);
    c1.intoArray(words, WIDTH);
    c2.intoArray(words, 2 * WIDTH);
    c3.intoArray(words, 3 * WIDTH);
  }

  private void look(long step) {
    DoubleVector value = DoubleVector.broadcast(D, data.constant());
    for (int i = 0; i < dimension; i++) {
      DoubleVector row = DoubleVector.broadcast(D, -2 * data.moment(i));
      for (int j = 0; j < dimension; j++) {
        row =
            DoubleVector.fromArray(D, theta, j * WIDTH)
                .fma(DoubleVector.broadcast(D, data.gram(i, j)), row);
      }
      value = DoubleVector.fromArray(D, theta, i * WIDTH).mul(0.5).fma(row, value);
    }
    value.intoArray(loss, 0);
    VectorMask<Double> inside =
        value.compare(VectorOperators.LE, DoubleVector.fromArray(D, next, 0));
    if (!inside.allTrue()) {
      pass(step);
    }
  }

  private void pass(long step) {
    for (int lane = 0; lane < WIDTH; lane++) {
      if (replicas[lane] < 0 || loss[lane] <= next[lane]) {
        continue;
      }
      if (passages.look(replicas[lane], step, loss[lane])) {
        store(lane);
        replicas[lane] = -1;
        next[lane] = Double.POSITIVE_INFINITY;
        moving--;
      } else {
        next[lane] = passages.threshold(passages.next(replicas[lane]));
      }
    }
  }
}
