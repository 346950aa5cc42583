package org.noisescape.dynamics;

import java.util.Arrays;
import org.noisescape.optim.VectorRule.Draws;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** The streams of one replica at one step; made at their first use, then only restarted. */
final class ReplicaDraws implements Draws {
  private final long seed;
  private final int replica;
  private Purpose[] purposes = {};
  private RandomStream[] streams = {};
  private long step;

  ReplicaDraws(long seed, int replica) {
    this.seed = seed;
    this.replica = replica;
  }

  void at(long chosen) {
    step = chosen;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public RandomStream of(Purpose purpose) {
    for (int i = 0; i < purposes.length; i++) {
      if (purposes[i] == purpose) {
        return streams[i].restart(step);
      }
    }
    int last = purposes.length;
    purposes = Arrays.copyOf(purposes, last + 1);
    streams = Arrays.copyOf(streams, last + 1);
    purposes[last] = purpose;
    streams[last] = RandomKey.of(seed, purpose, replica).stream(step);
    return streams[last];
  }
}
