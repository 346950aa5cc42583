package org.noisescape.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomKeyTest {
  @Test
  void keysDifferBetweenSeedsPurposesAndReplicas() {
    Set<RandomKey> keys = new HashSet<>();
    for (long seed = -3; seed <= 3; seed++) {
      for (Purpose purpose : Purpose.builtIn()) {
        for (int replica = 0; replica < 10; replica++) {
          keys.add(RandomKey.of(seed, purpose, replica));
        }
      }
    }
    assertThat(keys).hasSize(7 * Purpose.builtIn().size() * 10);
  }

  @Test
  void replicasKeepTheirKeysInAnyGrouping() {
    RandomKey[] all = RandomKey.replicas(5, Purpose.SAMPLING, 0, 4);
    assertThat(RandomKey.replicas(5, Purpose.SAMPLING, 2, 2)).containsExactly(all[2], all[3]);
  }

  @Test
  void wordsDependOnAllBitsOfStepAndBlock() {
    RandomKey key = RandomKey.of(5, Purpose.SAMPLING, 0);
    Set<Integer> first = new HashSet<>();
    int[] words = new int[4];
    for (int bit = 0; bit < 64; bit++) {
      key.words(1L << bit, 0, words);
      first.add(words[0]);
      key.words(0, 1L << bit, words);
      first.add(words[0]);
    }
    assertThat(first).hasSize(128);
  }

  @Test
  void negativeReplicasAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomKey.of(1, Purpose.SAMPLING, -1))
        .withMessageContaining("got -1");
  }
}
