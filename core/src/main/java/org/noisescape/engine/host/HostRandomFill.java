package org.noisescape.engine.host;

import org.noisescape.random.Philox;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/** Random fills: normals by vectors of Philox blocks, indices one by one. */
final class HostRandomFill extends RandomFill {
  private final Workers workers;
  private final Normals normals = new Normals();
  private final Signs signs = new Signs();
  private final LabelFlips flips = new LabelFlips();
  private final ViewDraws views = new ViewDraws();
  private BatchDraws draws;

  HostRandomFill(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void computeNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step) {
    normals.step = step(step);
    normals.wide = x.dtype() == DType.FLOAT64;
    for (int r = 0; r < x.dim(0); r++) {
      normals.sigma = Float64Kernels.get(Native.element(sigma, r), 0);
      normals.key = key(keys, r);
      normals.x = Native.address(x) + r * Native.rowBytes(x);
      normals.w = w == null ? 0 : Native.address(w) + r * Native.rowBytes(w);
      workers.run(normals, x.rowSize(), 4096, 4 * x.rowSize());
    }
  }

  @Override
  protected void computeRademacher(Tensor x, Tensor keys, Tensor step) {
    signs.step = step(step);
    signs.wide = x.dtype() == DType.FLOAT64;
    for (int r = 0; r < x.dim(0); r++) {
      signs.key = key(keys, r);
      signs.x = Native.address(x) + r * Native.rowBytes(x);
      workers.run(signs, x.rowSize(), 4096, 4 * x.rowSize());
    }
  }

  @Override
  protected void computeFlips(Tensor targets, Tensor probability, Tensor keys, Tensor step) {
    flips.step = step(step);
    flips.wide = targets.dtype() == DType.FLOAT64;
    flips.classes = targets.dim(2);
    for (int r = 0; r < targets.dim(0); r++) {
      flips.below = Float64Kernels.get(Native.element(probability, r), 0) * 0x1p32;
      flips.key = key(keys, r);
      flips.targets = Native.address(targets) + r * Native.rowBytes(targets);
      workers.run(flips, targets.dim(1), 64, targets.rowSize());
    }
  }

  @Override
  protected void computeViews(
      Tensor drawn,
      ViewGeometry geometry,
      Tensor samples,
      int stepsPerEpoch,
      Tensor keys,
      Tensor step) {
    views.bounds(geometry);
    views.epoch = Long.divideUnsigned(step(step), stepsPerEpoch);
    for (int r = 0; r < drawn.dim(0); r++) {
      views.key = key(keys, r);
      views.samples = Native.address(samples) + r * Native.rowBytes(samples);
      views.views = Native.address(drawn) + r * Native.rowBytes(drawn);
      workers.run(views, drawn.dim(1), 64, 32L * drawn.dim(1));
    }
  }

  @Override
  protected void computeDraws(Tensor indices, int size, Tensor keys, Tensor step) {
    fill(indices, keys, step(step), draws(size, indices.dim(1), Sampling.WITH_REPLACEMENT));
  }

  @Override
  protected void computePermutation(Tensor indices, int size, Tensor keys, Tensor step) {
    fill(indices, keys, step(step), draws(size, indices.dim(1), Sampling.WITHOUT_REPLACEMENT));
  }

  private BatchDraws draws(int size, int batch, Sampling sampling) {
    if (draws == null || !draws.fits(size, batch, sampling)) {
      draws = new BatchDraws(size, batch, sampling);
    }
    return draws;
  }

  private static void fill(Tensor indices, Tensor keys, long at, BatchDraws draws) {
    for (int r = 0; r < indices.dim(0); r++) {
      long address = Native.address(indices) + r * Native.rowBytes(indices);
      int[] drawn = draws.at(key(keys, r), at);
      for (int b = 0; b < drawn.length; b++) {
        Native.ALL.set(Native.INT, address + 4L * b, drawn[b]);
      }
    }
  }

  @Override
  protected void computeAdvance(Tensor step) {
    step(step, step(step) + 1);
  }

  static void step(Tensor step, long next) {
    Native.ALL.set(Native.INT, Native.element(step, 0), (int) next);
    Native.ALL.set(Native.INT, Native.element(step, 1), (int) (next >>> 32));
  }

  static long step(Tensor step) {
    return (word(step, 0) & 0xFFFFFFFFL) | ((long) word(step, 1) << 32);
  }

  private static int word(Tensor step, int index) {
    return Native.ALL.get(Native.INT, Native.element(step, index));
  }

  static long key(Tensor keys, int r) {
    return pair(Native.element(keys, r));
  }

  private static long pair(long address) {
    return (Native.ALL.get(Native.INT, address) & 0xFFFFFFFFL)
        | ((long) Native.ALL.get(Native.INT, address + 4) << 32);
  }

  private static final class Normals implements Workers.Task {
    private double sigma;
    private long key;
    private long step;
    private long x;
    private long w;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (wide) {
        NormalKernel.wide(sigma, key, step, x, w, from, to);
      } else {
        NormalKernel.single((float) sigma, key, step, x, w, from, to);
      }
    }
  }

  /** +1 where the word is even; ranges start at whole blocks. */
  private static final class Signs implements Workers.Task {
    private static final ThreadLocal<int[]> WORDS = ThreadLocal.withInitial(() -> new int[4]);

    private long key;
    private long step;
    private long x;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      int[] drawn = WORDS.get();
      for (long i = from; i < to; i++) {
        int word = (int) (i % 4);
        if (word == 0) {
          Philox.words(key, i / 4, step, drawn);
        }
        int sign = 1 - 2 * (drawn[word] & 1);
        if (wide) {
          Float64Kernels.set(x, i, sign);
        } else {
          Native.ALL.set(Native.FLOAT, x + 4 * i, sign);
        }
      }
    }
  }
}
