package org.noisescape.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * Every kind of file the program reads, damaged in every way of {@link Damage}, through the
 * commands that read it: each ends within its time, with an exit code of the manual and one line.
 */
class HostileFilesTest {
  private static final long SEED = 13;

  /** Tries of each pair of file and damage. */
  private static final int VARIANTS = 2;

  @TempDir(factory = MemoryFolder.class)
  static Path shared;

  private static World good;

  @BeforeAll
  static void make() throws IOException {
    good = World.in(shared.resolve("good"));
  }

  /** One file of a copy of the world, damaged. */
  record Case(Target target, String file, Damage damage, int variant) {
    @Override
    public String toString() {
      return target + " " + file + " " + damage + " " + variant;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Target.values())
        .flatMap(
            target ->
                target
                    .files()
                    .flatMap(
                        file ->
                            target
                                .damages()
                                .flatMap(
                                    damage ->
                                        IntStream.range(0, target.variants(damage, VARIANTS))
                                            .mapToObj(v -> new Case(target, file, damage, v)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isOneLineOrDoesNoHarm(Case one) throws Exception {
    World world = new World(shared.resolve("copy"));
    one.target().copy(good, world);
    Path file = world.path(one.file());
    assertThat(Files.exists(file)).as("%s is there to be damaged", file).isTrue();
    long key = one.toString().hashCode();
    one.damage().to(file, RandomKey.of(SEED, Purpose.SAMPLING, 0).stream(key & 0xFFFFFFFFL));
    for (List<String> command : one.target().commands(world)) {
      Attempt attempt = Attempt.of(command);
      assertThat(one.target().faults(good, world, attempt, one.file()))
          .as(attempt.told())
          .isEmpty();
    }
  }
}
