package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCurveTest {
  private static final ToDoubleFunction<Map<String, Double>> LOSS =
      row -> row.getOrDefault("train_loss", Double.NaN);

  @TempDir Path folder;

  @Test
  void runsThatDifferByTheirSeedAreOneConfiguration() throws IOException {
    List<TrainingGroup> groups =
        groups(
            RunFolders.training(folder.resolve("a"), 1, "0.1", 1, 3, "COMPLETED"),
            RunFolders.training(folder.resolve("b"), 1, "0.2", 1, 3, "COMPLETED"),
            RunFolders.training(folder.resolve("c"), 7, "0.1", 2, 3, "COMPLETED"));
    assertThat(groups).extracting(TrainingGroup::letter).containsExactly("A", "B");
    assertThat(groups.getFirst().runs()).extracting(ReportedRun::name).containsExactly("a", "c");
    assertThat(groups.getFirst().trajectories()).hasSize(3);
    GroupNames names = new GroupNames(groups);
    assertThat(names.differing()).containsExactly("learning_rate");
    assertThat(names.legend(groups.getFirst(), 3)).isEqualTo("A: η = 0.1 (n = 3)");
  }

  @Test
  void meanAndErrorAreThoseOverTrajectories() throws IOException {
    // losses 1, 7, 8 at step 0, by thirds at step 20: mean 16/3, variance (169 + 25 + 64)/18
    TrainingGroup group =
        groups(
                RunFolders.training(folder.resolve("a"), 1, "0.1", 1, 3, "COMPLETED"),
                RunFolders.training(folder.resolve("c"), 7, "0.1", 2, 3, "COMPLETED"))
            .getFirst();
    GroupCurve curve = GroupCurve.of(group, LOSS);

    assertThat(curve.n()).isEqualTo(3);
    assertThat(curve.epochs()).containsExactly(0, 0.5, 1);
    assertThat(curve.mean()[0]).isCloseTo(16 / 3.0, within(1e-14));
    assertThat(curve.error()[0]).isCloseTo(Math.sqrt(258 / 18.0 / 3), within(1e-14));
    assertThat(curve.mean()[2]).isCloseTo(16 / 9.0, within(1e-14));
    assertThat(curve.error()[2]).isCloseTo(Math.sqrt(258 / 18.0 / 3) / 3, within(1e-14));
    assertThat(curve.rest()).isEmpty();
  }

  /** The mean of the survivors alone would look better than the configuration is. */
  @Test
  void aRunThatEndsEarlyEndsTheMeanAndIsNamed() throws IOException {
    TrainingGroup group =
        groups(
                RunFolders.training(folder.resolve("a"), 1, "0.1", 1, 5, "COMPLETED"),
                RunFolders.training(folder.resolve("b"), 2, "0.1", 1, 2, "DIVERGED"),
                RunFolders.training(folder.resolve("c"), 3, "0.1", 1, 3, ""))
            .getFirst();
    GroupCurve curve = GroupCurve.of(group, LOSS);

    assertThat(curve.epochs()).containsExactly(0, 0.5);
    assertThat(curve.mean()).containsExactly(2, 1);
    assertThat(curve.rest()).hasSize(2);
    assertThat(curve.rest().getFirst()[0]).containsExactly(0.5, 1, 1.5, 2);
    assertThat(curve.rest().getLast()[1]).containsExactly(1.5, 1);
    assertThat(group.ends()).isEqualTo(", 1 run diverged, 1 run unfinished");
  }

  @Test
  void aSeedThatIsThereTwiceCountsOnce() throws IOException {
    TrainingGroup group =
        groups(
                RunFolders.training(folder.resolve("short"), 1, "0.1", 2, 2, ""),
                RunFolders.training(folder.resolve("long"), 1, "0.1", 2, 4, "COMPLETED"))
            .getFirst();
    assertThat(group.repeats()).isEqualTo(2);
    assertThat(group.trajectories()).hasSize(2).allMatch(metrics -> metrics.rows().size() == 4);
  }

  @Test
  void oneTrajectoryHasNoBand() throws IOException {
    TrainingGroup group =
        groups(RunFolders.training(folder.resolve("a"), 2, "0.1", 1, 3, "COMPLETED")).getFirst();
    GroupCurve curve = GroupCurve.of(group, LOSS);
    assertThat(curve.error()).containsOnly(0);
    FigureBuilder figure = Figure.titled("curve", "Curve");
    curve.draw(figure, group, "x");
    assertThat(figure.captioned("").marks()).hasSize(1);
    assertThat(GroupCurve.of(group, row -> Double.NaN).isEmpty()).isTrue();
  }

  private static List<TrainingGroup> groups(Path... runs) throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    for (Path run : runs) {
      folders.add(RunFolder.read(run, false));
    }
    return TrainingGroup.of(ReportedRun.number(folders));
  }
}
