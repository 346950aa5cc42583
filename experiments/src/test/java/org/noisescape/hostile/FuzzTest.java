package org.noisescape.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cli.CopiedFolder;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Damages files at random, several at once, for as long as it is told to ({@code
 * -Dnoisescape.fuzz.minutes}), and runs the commands that read them. Case i is a function of the
 * seed ({@code -Dnoisescape.fuzz.seed}) and i; what goes wrong is kept in {@code target/fuzz}.
 */
@Tag("fuzz")
class FuzzTest {
  @TempDir Path shared;

  @Test
  void nothingDamagedDoesMoreThanEndInOneLine() throws Exception {
    long minutes = Long.getLong("noisescape.fuzz.minutes", 5);
    long seed = Long.getLong("noisescape.fuzz.seed", 1);
    World good = World.in(shared.resolve("good"));
    World world = new World(shared.resolve("copy"));
    RandomKey key = RandomKey.of(seed, Purpose.SAMPLING, 0);
    Path kept = Path.of("target", "fuzz");
    List<String> findings = new ArrayList<>();
    Map<Target, Integer> cases = new EnumMap<>(Target.class);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    for (long i = 0; System.nanoTime() < end; i++) {
      RandomStream random = key.stream(i);
      Target target = Target.values()[random.nextInt(Target.values().length)];
      cases.merge(target, 1, Integer::sum);
      target.copy(good, world);
      String done = damage(target, world, random);
      for (List<String> command : target.commands(world)) {
        Attempt attempt = Attempt.of(command);
        List<String> faults = target.faults(good, world, attempt, done);
        if (!faults.isEmpty()) {
          findings.add("case " + i + ", " + done + ": " + faults + "\n" + attempt.told());
          keep(world, kept.resolve("case-" + i), findings.getLast());
        }
      }
    }
    System.out.println(
        "fuzz: seed " + seed + ", cases " + cases + ", " + findings.size() + " findings");
    assertThat(findings).as(String.join("\n\n", findings)).isEmpty();
  }

  /** One to three damages; returns what was done. */
  private static String damage(Target target, World world, RandomStream random) throws IOException {
    List<String> files = target.files().toList();
    List<Damage> damages = target.damages().toList();
    StringBuilder done = new StringBuilder(target.toString());
    for (int n = random.nextInt(3); n >= 0; n--) {
      Path file = world.path(files.get(random.nextInt(files.size())));
      Damage damage = damages.get(random.nextInt(damages.size()));
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 10_000_000) {
        damage.to(file, random);
        done.append(' ').append(damage).append(' ').append(file.getFileName());
      }
    }
    return done.toString();
  }

  private static void keep(World world, Path folder, String what) throws IOException {
    World.delete(folder);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("finding.txt"), what + "\n");
    CopiedFolder.of(world.root(), folder.resolve("files"));
  }
}
