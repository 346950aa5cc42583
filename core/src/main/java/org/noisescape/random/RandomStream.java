package org.noisescape.random;

/**
 * Reads the draws of one key and step in order: element i of the stream is always the same number.
 *
 * <p>For data generation, initialisation and resampling. Training steps use the engine's
 * counter-based fills instead, which need no order.
 */
public final class RandomStream {
  private final RandomKey key;
  private long step;
  private final int[] words = new int[4];
  private long block;
  private int position = 4;
  private double spareNormal = Double.NaN;

  RandomStream(RandomKey key, long step) {
    this.key = key;
    this.step = step;
  }

  /** Goes to the first draw of another step. */
  public RandomStream restart(long newStep) {
    step = newStep;
    block = 0;
    position = 4;
    spareNormal = Double.NaN;
    return this;
  }

  /** The next 32 random bits. */
  public int nextInt() {
    if (position == 4) {
      key.words(step, block++, words);
      position = 0;
    }
    return words[position++];
  }

  /** Uniform on (0, 1), 53 bits. */
  public double nextDouble() {
    int high = nextInt();
    return Philox.uniform(high, nextInt());
  }

  /** Uniform on {0, …, bound − 1}; bias below bound·2⁻⁶⁴. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be > 0, got " + bound);
    }
    long bits = ((long) nextInt() << 32) | (nextInt() & 0xFFFFFFFFL);
    return (int) Math.unsignedMultiplyHigh(bits, bound);
  }

  /** Standard normal, Box and Muller (1958). */
  public double nextGaussian() {
    if (!Double.isNaN(spareNormal)) {
      double normal = spareNormal;
      spareNormal = Double.NaN;
      return normal;
    }
    double radius = Math.sqrt(-2 * Math.log(nextDouble()));
    double angle = 2 * Math.PI * nextDouble();
    spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
