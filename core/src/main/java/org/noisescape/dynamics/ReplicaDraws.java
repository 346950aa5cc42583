package org.noisescape.dynamics;

import org.noisescape.optim.VectorRule.Draws;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** The streams of one replica at one step; made at their first use, then only restarted. */
final class ReplicaDraws implements Draws {
  private final long seed;
  private final RandomStream[] streams = new RandomStream[Purpose.values().length];
  private final int replica;
  private long step;

  ReplicaDraws(long seed, int replica) {
    this.seed = seed;
    this.replica = replica;
  }

  void at(long chosen) {
    step = chosen;
  }

  @Override
  public RandomStream of(Purpose purpose) {
    RandomStream stream = streams[purpose.ordinal()];
    if (stream == null) {
      stream = RandomKey.of(seed, purpose, replica).stream(step);
      streams[purpose.ordinal()] = stream;
    }
    return stream.restart(step);
  }
}
