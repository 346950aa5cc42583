package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.valley.ValleyCriterion.Change;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.train.FullBatchDescent.Status;

/** The verdict on paths whose verdict is plain. */
class ValleyCriterionTest {
  private static final double FLOOR = 0.5;
  private static final double THRESHOLD = 0.01;
  private static final int AFTER = 3;

  @Test
  void connectedPathsAgreeAndBarriersDisagree() {
    assertThat(connectedness(path(12, e -> 1.5, e -> true))).isEqualTo(agrees());
    // barriers in the epochs that are not judged do not count
    assertThat(connectedness(path(12, e -> e <= AFTER ? 50 : 1, e -> true))).isEqualTo(agrees());
    assertThat(connectedness(path(12, e -> e == AFTER + 1 ? 2.1 : 1, e -> true)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(connectedness(path(12, e -> e == 9 ? Double.NaN : 1, e -> true)))
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void missedThresholdsAndShortPathsTellNothing() {
    ValleyPath path = path(12, e -> 1, e -> true);
    assertThat(connectedness(missed(path, 8))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(connectedness(missed(path, 2))).isEqualTo(agrees());
    assertThat(connectedness(path(AFTER + 5, e -> 1, e -> true))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aTraceThatFallsAgreesAndOneThatRisesDisagrees() {
    assertThat(falling(e -> 30 - e)).isEqualTo(agrees());
    assertThat(falling(e -> 30 * Math.exp(-e / 30.0))).isEqualTo(agrees());
    assertThat(falling(e -> 30 + e)).isEqualTo(Verdict.DISAGREES);
    assertThat(falling(e -> 30 + e / 4 % 2)).isEqualTo(Verdict.INCONCLUSIVE);
    // what falls at once and then rests may be one chance step
    assertThat(falling(e -> e < AFTER + 5 ? 30 : 20)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(falling(e -> 30 - e / 10.0 + (e / 4 % 2 == 0 ? 20 : 0)))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(falling(path(AFTER + 14, e -> 1, e -> true))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void tracesWhereTheThresholdWasMissedDoNotCount() {
    ValleyPath path = path(12, e -> 1, e -> true);
    assertThat(path.judgedTraces()).hasSize(12 - AFTER + 1);
    assertThat(missed(path, 8).judgedTraces()).hasSize(12 - AFTER);
  }

  @Test
  void theChangeIsThatOfTheBlockMeans() {
    PointEstimate line = Change.of(traces(40, e -> 5 - 0.5 * e)).estimate();
    assertThat(line.value()).isCloseTo(-0.5 * 35, within(1e-12));
    assertThat(line.standardError()).isCloseTo(0, within(1e-12));
    // block means 0 1 0 1 0 1 0 1: differences ±1 with the mean 1/7; a seventh of 7 + 12/4 for the
    // correlation of a walk
    PointEstimate teeth = Change.of(traces(16, e -> e / 2 % 2)).estimate();
    assertThat(teeth.value()).isCloseTo(1, within(1e-12));
    assertThat(teeth.standardError())
        .isCloseTo(7 * Math.sqrt((7 - 1.0 / 7) / 6 / 7 * 10 / 7), within(1e-12));
    assertThat(teeth.degreesOfFreedom()).isEqualTo(6);
    assertThat(Change.of(traces(15, e -> e)).estimate().standardError()).isNaN();
  }

  /** Without a drift at most 6 % of paths seem to have one, 5 % but for the correlation. */
  @Test
  void pathsWithoutDriftRarelyFallByChance() {
    int walks = 1000;
    for (int count : new int[] {16, 26, 41}) {
      for (double error : new double[] {0, 1, 3, 30}) {
        int beyond = 0;
        for (int walk = 0; walk < walks; walk++) {
          RandomStream random = RandomKey.of(7, Purpose.BOOTSTRAP, walk).stream(0);
          double[] values = new double[count];
          double position = 100;
          for (int i = 0; i < count; i++) {
            position += random.nextGaussian();
            values[i] = position + error * random.nextGaussian();
          }
          PointEstimate change = Change.of(traces(count, e -> values[e])).estimate();
          Verdict verdict = ValleyCriterion.NO_DRIFT.judge(change).verdict();
          beyond += verdict == Verdict.DISAGREES ? 1 : 0;
        }
        assertThat(beyond).isLessThan(60 + 3 * 8);
      }
    }
  }

  @Test
  void everyNumberAndCellIsThatOfItsPart() {
    Findings found = MinimalValley.findings(List.of(ValleyFiguresTest.path()));
    // (1 - 1/2)/(1/4) at the highest, 3/4 on the other judged segment; 7 sqrt(10/7)
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            fig4b largest (L - L*)/threshold on judged segments | 2 | 0 | 2 | INCONCLUSIVE
            fig4b change of the trace, last less first eighth of 16 | -21 | 8.3666 | 0 | AGREES
            fig4b share of 2 judged segments connected | 0.5 | - | - | -
            fig4b trace at epoch 2 | 32 | 0.5 | - | -
            fig4b trace at epoch 17 | 10 | 0.25 | - | -
            fig4b rank correlation of trace and epoch | -1 | - | - | -
            fig4b threshold, L - L* | 0.25 | - | - | -
            fig4b share of judged segments below the threshold itself | 0.5 | - | - | -
            fig4b projected states | 4 | - | - | -
            fig4b projections that missed the threshold | 1 | - | - | -
            fig4b iterations of a projection | 27.5 | - | - | -
            fig4b test loss where judging begins | 0.8125 | - | - | -
            fig4b test loss at the end | 0.9375 | - | - | -
            fig4b distance of SGD from its repetition | 0.001 | - | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival a random walk of the trace without drift: DISAGREES
            fig4b change of the trace, last less first eighth of 16 | -21 | 8.3666 | 0 | DISAGREES
            rival barriers between the minima: INCONCLUSIVE
            fig4b largest (L - L*)/threshold on judged segments | 2 | 0 | 2 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            panel,step,epoch,status,iterations,train_loss,excess_loss,train_accuracy,test_loss,test_accuracy,distance_from_sgd
            fig4b,0,0.0,REACHED,10,0.5625,0.0625,0.96875,0.75,0.875,1.5
            fig4b,4,1.0,REACHED,20,0.625,0.125,0.9375,0.8125,0.75,2.5
            fig4b,8,2.0,REACHED,30,0.53125,0.03125,0.875,0.7,0.5,4.5
            fig4b,12,3.0,EXHAUSTED,50,0.875,0.375,0.25,0.9375,0.125,6.5
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            panel,from_step,to_step,epoch,length,connected,largest_excess_loss,largest_over_threshold,losses
            fig4b,0,4,0.5,3.5,false,0.25,1.0,0.625 0.75
            fig4b,4,8,1.5,5.5,true,0.1875,0.75,0.6875 0.5625
            fig4b,8,12,2.5,7.5,false,0.5,2.0,0.875 1.0
            """);
    assertThat(FoundText.table(found, 2))
        .startsWith(
            """
            panel,epoch,trace,standard_error,standard_deviation,vectors
            fig4b,2,32.0,0.5,2.0,16
            fig4b,3,31.0,0.25,1.0,16
            """)
        .endsWith("fig4b,3,99.0,1.0,1.0,1\n");
  }

  private static Verdict agrees() {
    return Verdict.AGREES;
  }

  private static Verdict connectedness(ValleyPath path) {
    return ValleyCriterion.connectedness(path, ValleyCriterion.connected(path)).verdict();
  }

  private static Verdict falling(ValleyPath path) {
    return ValleyCriterion.FALLS.judge(Change.of(path.judgedTraces()).estimate()).verdict();
  }

  private static Verdict falling(IntToDoubleFunction trace) {
    ValleyPath path = path(40, e -> 1, e -> true);
    List<PathTrace> traces = traces(41, trace);
    List<PathEpoch> epochs = new ArrayList<>();
    for (PathEpoch epoch : path.epochs()) {
      epochs.add(
          new PathEpoch(
              epoch.epoch(), epoch.points(), epoch.segments(), List.of(traces.get(epoch.epoch()))));
    }
    return falling(with(path, epochs));
  }

  private static List<PathTrace> traces(int count, IntToDoubleFunction trace) {
    List<PathTrace> traces = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      traces.add(new PathTrace(e, trace.applyAsDouble(e), 0.1, 10));
    }
    return traces;
  }

  private interface Connected {
    boolean in(int epoch);
  }

  /** A segment an epoch, whose highest point is so many thresholds. */
  private static ValleyPath path(int epochs, IntToDoubleFunction highest, Connected connected) {
    List<PathEpoch> all = new ArrayList<>();
    for (int e = 0; e <= epochs; e++) {
      double loss = FLOOR + THRESHOLD * highest.applyAsDouble(e);
      boolean linked = connected.in(e) && highest.applyAsDouble(e) <= 2;
      List<PathSegment> segments =
          e == 0
              ? List.of()
              : List.of(new PathSegment(4L * (e - 1), 4L * e, 1, List.of(FLOOR, loss), linked));
      all.add(
          new PathEpoch(
              e,
              List.of(point(e, Status.REACHED)),
              segments,
              List.of(new PathTrace(e, 10 - 0.1 * e, 0.01, 10))));
    }
    TrainConfiguration training =
        TrainConfiguration.defaults().with(Map.of("subset", 40, "batch", 10, "epochs", epochs));
    PathRule rule = new PathRule(0.51, 0.52, 100, 2, 1, 10);
    ValleyPanel panel =
        new ValleyPanel(
            "fig1a", training, Optional.empty(), AFTER, FLOOR, OptionalDouble.empty(), 2, rule);
    return new ValleyPath(panel, THRESHOLD, Optional.empty(), all, List.of(), 0);
  }

  private static ProjectedPoint point(int epoch, Status status) {
    return new ProjectedPoint(4L * epoch, epoch, status, 5, 0.505, 1, 0.6, 0.9, 1);
  }

  private static ValleyPath missed(ValleyPath path, int at) {
    List<PathEpoch> epochs = new ArrayList<>(path.epochs());
    PathEpoch epoch = epochs.get(at);
    epochs.set(
        at,
        new PathEpoch(at, List.of(point(at, Status.EXHAUSTED)), epoch.segments(), epoch.traces()));
    return with(path, epochs);
  }

  private static ValleyPath with(ValleyPath path, List<PathEpoch> epochs) {
    return new ValleyPath(
        path.panel(), path.threshold(), path.minimum(), epochs, path.training(), 0);
  }
}
