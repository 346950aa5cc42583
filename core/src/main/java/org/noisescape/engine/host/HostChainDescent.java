package org.noisescape.engine.host;

import java.lang.foreign.Arena;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.ReplicaDescent;

/**
 * SGD on a chain of dense layers, a replica at a time between two looks: its parameters stay in the
 * core's cache, mini-batches are read where they lie.
 *
 * <p>Looks go through the data in chunks that stay in cache while all replicas of a thread use
 * them. A replica is one thread's from beginning to end of a call, so that no result depends on how
 * many there are.
 */
final class HostChainDescent implements ReplicaDescent {
  /** Samples of a look that are read for all replicas of a thread in turn. */
  private static final int CHUNK = 64;

  private final DenseChain chain;
  private final DescentPlan plan;
  private final Workers workers;
  private final PassageTable passages;
  private final ThreadLocal<Pass> passes;
  private int[] moving;
  private long from;
  private long until;
  private boolean packed;
  private PixelRows pixels;

  HostChainDescent(DenseChain chain, DescentPlan plan, Workers workers) {
    this.chain = chain;
    this.plan = plan;
    this.workers = workers;
    this.passages = new PassageTable(plan);
    this.passes = ThreadLocal.withInitial(Pass::new);
  }

  @Override
  public void look() {
    run(0);
  }

  @Override
  public void advance(int steps) {
    if (steps > 0) {
      pack();
      run(steps);
    }
  }

  /** Rows in random order come from memory: pixels are read as bytes. */
  private void pack() {
    if (!packed && plan.samples() * Native.rowBytes(plan.features()) > HostEnsembles.CACHE_BYTES) {
      pixels = PixelRows.of(plan.features());
    }
    packed = true;
  }

  private void run(int steps) {
    moving = passages.moving();
    from = HostRandomFill.step(plan.step());
    until = from + steps;
    // a step is worth a thread of its own
    workers.run(this::part, moving.length, 1, Long.MAX_VALUE);
    HostRandomFill.step(plan.step(), until);
  }

  private void part(long first, long end) {
    Pass pass = passes.get();
    int[] mine = java.util.Arrays.copyOfRange(moving, (int) first, (int) end);
    if (from == until) {
      pass.look(mine, mine.length, from);
    } else {
      descend(pass, mine);
    }
  }

  private void descend(Pass pass, int[] mine) {
    int count = mine.length;
    long step = from;
    while (step < until && count > 0) {
      long stop = Math.min(until, (step / plan.lookEvery() + 1) * plan.lookEvery());
      for (int i = 0; i < count; i++) {
        pass.select(mine[i]);
        for (long k = step; k < stop; k++) {
          pass.step(k);
        }
      }
      if (passages.count() > 0 && stop % plan.lookEvery() == 0) {
        count = pass.look(mine, count, stop);
      }
      step = stop;
    }
  }

  /** What one thread needs. */
  private final class Pass {
    private final DenseKernel kernel = new DenseKernel();
    private final DenseUpdate descent = new DenseUpdate();
    private final BatchDraws draws = new BatchDraws(plan.samples(), plan.batch(), plan.sampling());
    private final int rows = Math.max(plan.batch(), CHUNK);
    private final int depth = chain.layers().size();
    private final long[][] inputs = new long[depth][rows];
    private final long[] outputs = new long[depth];
    private final long[] cotangents = new long[depth];
    private final long[] weights = new long[depth];
    private final long[] biases = new long[depth];
    private final long featureBytes = Native.rowBytes(plan.features());
    private final int targetCount = chain.outputs();
    private final double[] losses = new double[plan.replicas()];
    private final Arena memory = Arena.ofAuto();
    private long key;
    private float scale;
    private long numbers;

    Pass() {
      for (int l = 0; l < depth; l++) {
        long bytes = 4L * (rows * chain.layers().get(l).outputs() + Float32Kernels.S.length());
        outputs[l] = memory.allocate(bytes, 64).address();
        cotangents[l] = memory.allocate(bytes, 64).address();
        if (l + 1 < depth) {
          for (int s = 0; s < rows; s++) {
            inputs[l + 1][s] = outputs[l] + 4L * s * chain.layers().get(l).outputs();
          }
        }
      }
    }

    void select(int replica) {
      long at = Native.address(plan.theta()) + replica * Native.rowBytes(plan.theta());
      for (int l = 0; l < depth; l++) {
        weights[l] = at;
        biases[l] = at + 4L * chain.layers().get(l).outputs() * chain.inputs(l);
        at = biases[l] + 4L * chain.layers().get(l).outputs();
      }
      key = HostRandomFill.key(plan.keys(), replica);
      double rate = Float64Kernels.get(Native.element(plan.learningRate(), replica), 0);
      scale = (float) (-rate / plan.batch());
    }

    void step(long k) {
      int[] batch = draws.at(key, k);
      read(batch);
      forward(batch.length);
      residuals(batch);
      for (int l = depth - 1; l >= 0; l--) {
        DenseChain.Link link = chain.layers().get(l);
        int width = chain.inputs(l);
        Float32Kernels.activationBackward(
            link.activation(), outputs[l], cotangents[l], 0, (long) batch.length * link.outputs());
        if (l > 0) {
          DenseKernel.inputCotangent(
              cotangents[l], batch.length, width, weights[l], link.outputs(), cotangents[l - 1]);
        }
        descent.update(
            inputs[l],
            batch.length,
            width,
            weights[l],
            biases[l],
            link.outputs(),
            cotangents[l],
            scale);
      }
    }

    private void read(int[] batch) {
      if (pixels == null) {
        long base = Native.address(plan.features());
        for (int s = 0; s < batch.length; s++) {
          inputs[0][s] = base + batch[s] * featureBytes;
        }
        return;
      }
      if (numbers == 0) {
        numbers = memory.allocate(batch.length * pixels.rowBytes(), 64).address();
      }
      pixels.read(batch, numbers);
      for (int s = 0; s < batch.length; s++) {
        inputs[0][s] = numbers + s * pixels.rowBytes();
      }
    }

    private void forward(int samples) {
      for (int l = 0; l < depth; l++) {
        DenseChain.Link link = chain.layers().get(l);
        kernel.forward(
            inputs[l],
            samples,
            chain.inputs(l),
            weights[l],
            biases[l],
            link.outputs(),
            link.activation(),
            outputs[l]);
      }
    }

    private void residuals(int[] batch) {
      long targets = Native.address(plan.targets());
      long bytes = Native.rowBytes(plan.targets());
      for (int s = 0; s < batch.length; s++) {
        for (int o = 0; o < targetCount; o++) {
          long at = 4L * (s * targetCount + o);
          float residual =
              Native.ALL.get(Native.FLOAT, outputs[depth - 1] + at)
                  - Native.ALL.get(Native.FLOAT, targets + batch[s] * bytes + 4L * o);
          Native.ALL.set(Native.FLOAT, cotangents[depth - 1] + at, residual);
        }
      }
    }

    /** Notes the losses of some replicas; those that still move come to the front. */
    int look(int[] mine, int count, long step) {
      java.util.Arrays.fill(losses, 0, count, 0);
      for (int first = 0; first < plan.samples(); first += CHUNK) {
        int samples = Math.min(CHUNK, plan.samples() - first);
        long base = Native.address(plan.features()) + first * featureBytes;
        for (int s = 0; s < samples; s++) {
          inputs[0][s] = base + s * featureBytes;
        }
        for (int i = 0; i < count; i++) {
          select(mine[i]);
          forward(samples);
          losses[i] += chunkLoss(first, samples);
        }
      }
      int left = 0;
      for (int i = 0; i < count; i++) {
        if (!passages.look(mine[i], step, losses[i] / plan.samples())) {
          mine[left++] = mine[i];
        }
      }
      return left;
    }

    private double chunkLoss(int first, int samples) {
      long targets = Native.address(plan.targets()) + first * Native.rowBytes(plan.targets());
      double sum = 0;
      for (long i = 0; i < (long) samples * targetCount; i++) {
        double residual =
            (double) Native.ALL.get(Native.FLOAT, outputs[depth - 1] + 4 * i)
                - Native.ALL.get(Native.FLOAT, targets + 4 * i);
        sum = Math.fma(0.5 * residual, residual, sum);
      }
      return sum;
    }
  }
}
