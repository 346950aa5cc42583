package org.noisescape.dynamics;

import org.noisescape.optim.VectorRule.Draws;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** The streams of one replica at one step; made once a replica, then only restarted. */
final class ReplicaDraws implements Draws {
  private final long seed;
  private final RandomStream[] streams = new RandomStream[Purpose.values().length];
  private int replica;
  private long step;

  ReplicaDraws(long seed) {
    this.seed = seed;
  }

  void select(int chosen) {
    replica = chosen;
    java.util.Arrays.fill(streams, null);
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
