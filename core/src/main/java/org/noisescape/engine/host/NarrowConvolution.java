package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.noisescape.tensor.ConvolutionGeometry;

/**
 * Passes of a float32 convolution of few channels, for which oneDNN has no kernels of full width:
 * it fills them up to 8 or 16.
 *
 * <p>A weight gradient is summed over groups of samples whose size depends on their number only,
 * and the groups' sums in order. Norms of per-sample gradients come with it for nothing.
 */
final class NarrowConvolution {
  private static final int LANES = Float32Kernels.S.length();

  /** Input channels from which oneDNN's forward pass is faster: it takes them in eights. */
  private static final int FORWARD_BELOW = 8;

  /** Most groups that a weight gradient is summed in. */
  private static final int GROUPS = 16;

  private final ConvolutionGeometry g;
  private final int samples;
  private final Workers workers;
  private final int paddedWidth;
  private final int groupSize;
  private final int[] offsets;
  private final int[] planarOffsets;
  private final float[] weights;
  private final float[] bias = new float[LANES];
  private final float[][] groups;
  private final double[] norms;
  private final ThreadLocal<Scratch> scratch;

  // of the pass that runs: tasks made anew each time would be garbage
  private final Workers.Task forwardTask = this::forward;
  private final Workers.Task gradientTask = this::gradient;
  private long x;
  private long y;
  private float floor;
  private boolean withBias;

  /** What a thread works in. */
  private static final class Scratch {
    private final float[] picture;
    private final float[] planes;
    private final float[] sums = new float[2 * NarrowTiles.RUN * LANES];
    private final float[] squares = new float[LANES];

    Scratch(int elements) {
      picture = new float[elements];
      planes = new float[elements];
    }
  }

  NarrowConvolution(ConvolutionGeometry geometry, int samples, Workers workers) {
    this.g = geometry;
    this.samples = samples;
    this.workers = workers;
    paddedWidth = geometry.width() + 2 * geometry.padding();
    groupSize = (samples + GROUPS - 1) / GROUPS;
    offsets = new int[geometry.patchSize()];
    planarOffsets = new int[offsets.length];
    int run = runLength();
    int paddedHeight = geometry.height() + 2 * geometry.padding();
    for (int k = 0; k < offsets.length; k++) {
      int row = k / run;
      offsets[k] = row * paddedWidth * geometry.inputChannels() + k % run;
      int channel = k % geometry.inputChannels();
      int column = k % run / geometry.inputChannels();
      planarOffsets[k] = (channel * paddedHeight + row) * paddedWidth + column;
    }
    weights = new float[offsets.length * LANES];
    // behind the weights' vectors one for the bias
    groups = new float[(samples + groupSize - 1) / groupSize][weights.length + LANES];
    norms = new double[samples];
    int elements =
        Math.multiplyExact(Math.multiplyExact(paddedHeight, paddedWidth), geometry.inputChannels());
    scratch = ThreadLocal.withInitial(() -> new Scratch(elements + NarrowTiles.RUN));
  }

  /** Whether weight gradients are taken here; where vectors are shorter it was not measured. */
  static boolean suitsGradient(ConvolutionGeometry g) {
    boolean few = g.inputChannels() < LANES || g.outputChannels() < LANES;
    return LANES == 16 && few && g.outputChannels() <= LANES;
  }

  /** Whether forward passes are. */
  static boolean suitsForward(ConvolutionGeometry g) {
    return suitsGradient(g)
        && g.inputChannels() < FORWARD_BELOW
        && g.stride() == 1
        && g.outputWidth() >= NarrowTiles.POSITIONS;
  }

  private int runLength() {
    return g.kernelWidth() * g.inputChannels();
  }

  private long cost() {
    return (long) samples * g.positions() * g.patchSize();
  }

  /**
   * y ← max(floor, x ∗ w + b).
   *
   * @param b 0 for none
   */
  void forward(long x, long w, long b, float floor, long y) {
    load(w);
    for (int o = 0; o < g.outputChannels(); o++) {
      bias[o] = b == 0 ? 0 : Native.ALL.get(Native.FLOAT, b + 4L * o);
    }
    this.x = x;
    this.y = y;
    this.floor = floor;
    workers.run(forwardTask, samples, 1, cost());
  }

  private void forward(long from, long to) {
    float[] planes = scratch.get().planes;
    long outputBytes = 4L * g.positions() * g.outputChannels();
    for (long n = from; n < to; n++) {
      loadPlanes(x, n, planes);
      NarrowTiles.forward(
          planes,
          paddedWidth,
          planarOffsets,
          weights,
          bias,
          floor,
          y + n * outputBytes,
          g.outputHeight(),
          g.outputWidth(),
          g.outputChannels());
    }
  }

  /** Elements of a picture from one output position of a row to the next. */
  private int step() {
    return g.stride() * g.inputChannels();
  }

  /** From one output row to the next. */
  private int down() {
    return g.stride() * paddedWidth * g.inputChannels();
  }

  /**
   * Sums gradients of the samples, and adds their squared norms.
   *
   * @param gradient the weights' sum
   * @param biasGradient the bias's
   * @param withBias whether it counts in the norms
   * @param sampleNorms float64; 0 for none
   */
  void weightGradient(
      long x, long yBar, long gradient, long biasGradient, boolean withBias, long sampleNorms) {
    this.x = x;
    this.y = yBar;
    this.withBias = withBias;
    workers.run(gradientTask, groups.length, 1, cost());
    float[] total = groups[0];
    for (int i = 1; i < groups.length; i++) {
      for (int k = 0; k < total.length; k++) {
        total[k] += groups[i][k];
      }
    }
    store(total, gradient);
    MemorySegment.copy(
        total, weights.length, Native.ALL, Native.FLOAT, biasGradient, g.outputChannels());
    for (int n = 0; sampleNorms != 0 && n < samples; n++) {
      Float64Kernels.set(sampleNorms, n, Float64Kernels.get(sampleNorms, n) + norms[n]);
    }
  }

  /** Of so many groups. */
  private void gradient(long from, long to) {
    Scratch own = scratch.get();
    for (long group = from; group < to; group++) {
      float[] target = groups[(int) group];
      Arrays.fill(target, 0);
      long last = Math.min(samples, (group + 1) * groupSize);
      for (long n = group * groupSize; n < last; n++) {
        load(x, n, own.picture);
        norms[(int) n] = sum(own, y + 4 * n * g.positions() * g.outputChannels(), target);
      }
    }
  }

  /** Adds one sample's gradient; returns its squared norm. */
  private double sum(Scratch own, long yBar, float[] target) {
    int run = runLength();
    int perRow = (run + NarrowTiles.RUN - 1) / NarrowTiles.RUN;
    int count = perRow * g.kernelHeight();
    Arrays.fill(own.squares, 0);
    for (int r = 0; r < count; r += 2) {
      int other = Math.min(r + 1, count - 1);
      int first = r / perRow * run + r % perRow * NarrowTiles.RUN;
      int second = other / perRow * run + other % perRow * NarrowTiles.RUN;
      NarrowTiles.gradient(
          own.picture,
          offsets[first],
          offsets[second],
          step(),
          down(),
          yBar,
          g.outputHeight(),
          g.outputWidth(),
          g.outputChannels(),
          own.sums);
      add(own, 0, first, run, target);
      if (other > r) {
        add(own, NarrowTiles.RUN * LANES, second, run, target);
      }
    }
    double norm = total(own.squares);
    Arrays.fill(own.squares, 0);
    NarrowTiles.sum(yBar, g.positions(), g.outputChannels(), own.sums);
    NarrowTiles.add(own.sums, 0, 1, target, weights.length, own.squares);
    return withBias ? norm + total(own.squares) : norm;
  }

  /** A run, without what it has beyond the row of its patch. */
  private static void add(Scratch own, int from, int entry, int run, float[] target) {
    int count = Math.min(NarrowTiles.RUN, run - entry % run);
    NarrowTiles.add(own.sums, from, count, target, entry * LANES, own.squares);
  }

  private static double total(float[] squares) {
    double sum = 0;
    for (float square : squares) {
      sum += square;
    }
    return sum;
  }

  /** The picture of a sample, zeros around it. */
  private void load(long x, long n, float[] picture) {
    int channels = g.inputChannels();
    int rowLength = g.width() * channels;
    long from = x + 4L * n * g.height() * rowLength;
    if (g.padding() == 0) {
      MemorySegment.copy(Native.ALL, Native.FLOAT, from, picture, 0, g.height() * rowLength);
      return;
    }
    // the borders are never written
    for (int i = 0; i < g.height(); i++) {
      int to = ((i + g.padding()) * paddedWidth + g.padding()) * channels;
      MemorySegment.copy(
          Native.ALL, Native.FLOAT, from + 4L * i * rowLength, picture, to, rowLength);
    }
  }

  /** The same, a channel after another. */
  private void loadPlanes(long x, long n, float[] planes) {
    if (g.inputChannels() == 1) {
      load(x, n, planes);
      return;
    }
    int channels = g.inputChannels();
    long from = x + 4L * n * g.height() * g.width() * channels;
    int plane = (g.height() + 2 * g.padding()) * paddedWidth;
    for (int i = 0; i < g.height(); i++) {
      for (int c = 0; c < channels; c++) {
        int to = c * plane + (i + g.padding()) * paddedWidth + g.padding();
        long at = from + 4L * (i * g.width() * channels + c);
        for (int j = 0; j < g.width(); j++) {
          planes[to + j] = Native.ALL.get(Native.FLOAT, at + 4L * j * channels);
        }
      }
    }
  }

  /** Weights (C_out, C_in, kh, kw) as vectors of channels. */
  private void load(long w) {
    for (int o = 0; o < g.outputChannels(); o++) {
      for (int k = 0; k < offsets.length; k++) {
        weights[k * LANES + o] = Native.ALL.get(Native.FLOAT, w + 4L * user(o, k));
      }
    }
  }

  private void store(float[] vectors, long w) {
    for (int o = 0; o < g.outputChannels(); o++) {
      for (int k = 0; k < offsets.length; k++) {
        Native.ALL.set(Native.FLOAT, w + 4L * user(o, k), vectors[k * LANES + o]);
      }
    }
  }

  /** Where entry k of a channels-last patch lies in the weights of output channel o. */
  private long user(int o, int k) {
    int channel = k % g.inputChannels();
    int place = k / g.inputChannels();
    return ((long) o * g.inputChannels() + channel) * (g.kernelHeight() * g.kernelWidth()) + place;
  }
}
