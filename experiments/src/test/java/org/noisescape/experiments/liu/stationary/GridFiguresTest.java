package org.noisescape.experiments.liu.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.approximation.ApproximationErrors;
import org.noisescape.experiments.liu.distribution.Distribution2d;
import org.noisescape.experiments.liu.momentum.Momentum;
import org.noisescape.experiments.liu.secondorder.SecondOrderMethods;
import org.noisescape.experiments.liu.variance.Variance1d;
import org.noisescape.report.Figure;

/**
 * Figures of simulations that are half as much again as the exact theory, and more from each on.
 */
class GridFiguresTest {
  static List<StationaryExperiment> experiments() {
    return List.of(
        new Variance1d(), new Momentum(), new ApproximationErrors(), new SecondOrderMethods());
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void simulationsHaveTheirErrorsAndTheoriesEndAtTheirOwnNumbers(StationaryExperiment experiment) {
    StationaryExperiment.Result result = result(experiment);
    for (Figure figure : experiment.figures(result)) {
      boolean gap = figure.name().endsWith("gap");
      Figure.Points simulation = (Figure.Points) figure.marks().getLast();
      assertThat(figure.x().scale()).isEqualTo(Figure.Scale.LINEAR);
      assertThat(figure.y().scale()).isEqualTo(gap ? Figure.Scale.LINEAR : Figure.Scale.LOG);
      List<GridPoint> own = new ArrayList<>();
      for (int i = 0; i < simulation.x().length; i++) {
        GridPoint point = measured(result, gap, simulation.x()[i], simulation.y()[i]);
        assertThat(simulation.error()[i]).isEqualTo(point.standardError() / unit(gap, point));
        own.add(point);
      }
      assertThat(own).isEqualTo(result.points(own.getFirst().label().panel()));
      GridPoint first = own.stream().min(Comparator.comparing(GridPoint::x)).orElseThrow();
      GridPoint last = own.stream().max(Comparator.comparing(GridPoint::x)).orElseThrow();
      Set<GridTheory> theories = EnumSet.of(GridTheory.EXACT);
      if (!gap) {
        theories.add(GridTheory.EARLIER);
      }
      if (own.stream().anyMatch(p -> p.text() != p.exact())) {
        theories.add(GridTheory.TEXT);
      }
      Set<GridTheory> drawn = EnumSet.noneOf(GridTheory.class);
      for (Figure.Mark mark : figure.marks().subList(0, figure.marks().size() - 1)) {
        Figure.Line line = (Figure.Line) mark;
        GridTheory theory = theory(line);
        drawn.add(theory);
        meets(line, 0, first, first.theory(theory) / unit(gap, first));
        meets(line, line.x().length - 1, last, last.theory(theory) / unit(gap, last));
      }
      assertThat(drawn).isEqualTo(theories);
    }
  }

  /** A corner lies at 3σ of the first coordinate, and one near 3σ of the second. */
  @Test
  void ellipsesHaveThreeDeviationsOfTheirTheories() {
    StationaryExperiment experiment = new Distribution2d();
    StationaryExperiment.Result result = result(experiment);
    List<Figure> figures = experiment.figures(result);
    assertThat(figures).hasSameSizeAs(result.cases());
    for (int i = 0; i < figures.size(); i++) {
      Figure.Points replicas = (Figure.Points) figures.get(i).marks().getFirst();
      assertThat(replicas.x()).containsExactly(i, i + 2);
      assertThat(replicas.y()).containsExactly(i + 1, i + 3);
      List<Prediction> of = result.cases().get(i).predictions();
      boolean batches = result.cases().get(i).label().noise().equals(OneDimension.MINI_BATCH);
      List<Figure.Mark> ellipses = figures.get(i).marks().subList(1, figures.get(i).marks().size());
      assertThat(ellipses).hasSize(batches ? 3 : 2);
      for (Figure.Mark mark : ellipses) {
        Figure.Line line = (Figure.Line) mark;
        assertThat(line.x()[0]).isCloseTo(3 * deviation(of.get(0), line), within(1e-9));
        double highest = 3 * deviation(of.get(1), line);
        assertThat(Arrays.stream(line.y()).max().orElseThrow())
            .isCloseTo(highest, within(2e-3 * highest));
      }
    }
  }

  private static double deviation(Prediction variance, Figure.Line line) {
    assertThat(variance.quantity()).startsWith("variance");
    return Math.sqrt(
        switch (theory(line)) {
          case EXACT -> variance.exact();
          case TEXT -> variance.text();
          case EARLIER -> variance.continuous();
        });
  }

  private static void meets(Figure.Line line, int index, GridPoint point, double theory) {
    assertThat(line.x()[index]).isCloseTo(point.x(), within(1e-12));
    // a formula as printed is left out where it would decide the axis
    if (!(line.name().contains("as printed") && Double.isNaN(line.y()[index]))) {
      assertThat(line.y()[index])
          .as(line.name())
          .isCloseTo(theory, within(1e-9 * Math.abs(theory)));
    }
  }

  private static GridTheory theory(Figure.Line line) {
    return switch (line.stroke()) {
      case SOLID -> GridTheory.EXACT;
      case DASHED -> GridTheory.TEXT;
      default -> GridTheory.EARLIER;
    };
  }

  private static double unit(boolean gap, GridPoint point) {
    return gap ? point.text() : 1;
  }

  private static GridPoint measured(
      StationaryExperiment.Result result, boolean gap, double x, double y) {
    return result.points().stream()
        .filter(p -> p.x() == x && p.value() / unit(gap, p) == y)
        .findFirst()
        .orElseThrow();
  }

  private static StationaryExperiment.Result result(StationaryExperiment experiment) {
    Settings settings = LandscapeRuns.settings(experiment);
    List<StationaryCase> cases = experiment.cases(settings, 1);
    List<Averages> averages = new ArrayList<>();
    double over = 1.5;
    for (StationaryCase system : cases) {
      int count = system.predictions().size();
      double[] means = new double[count];
      double[] errors = new double[count];
      for (int q = 0; q < count; q++) {
        means[q] = over * system.predictions().get(q).exact();
        errors[q] = means[q] / (100 + averages.size());
        over += 1.0 / 64;
      }
      int i = averages.size();
      double[][] last = {{i, i + 1}, {i + 2, i + 3}};
      averages.add(new Averages(means, errors, last, 0, 7));
    }
    return new StationaryExperiment.Result(settings, 1, cases, averages);
  }
}
