package org.noisescape.experiments.wei.negative;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.Metrics;

/** Fig. 2a of the text, the same on logarithmic axes, and the loss of the runs over epochs. */
final class NegativeFigures {
  private static final String EXCESS = "Training loss above its floor, L - L*";

  private NegativeFigures() {}

  static List<Figure> of(
      Path run,
      NoisyRuns plan,
      List<RunSpectrum> minima,
      List<RunSpectrum> runs,
      List<SeedLine> lines,
      double floor) {
    return List.of(
        linear(minima, runs, lines, floor),
        logarithmic(minima, runs, lines, floor),
        flowTime(plan, runs, floor),
        training(run, plan, floor));
  }

  private static Figure linear(
      List<RunSpectrum> minima, List<RunSpectrum> runs, List<SeedLine> lines, double floor) {
    List<Mark> marks = new ArrayList<>();
    StringBuilder found = new StringBuilder();
    for (SeedLine line : lines) {
      List<RunSpectrum> own = runs.stream().filter(r -> r.seed() == line.seed()).toList();
      double[] x = excess(own, floor);
      double[] error =
          Column.of(own, r -> r.states().size() < 2 ? 0 : r.negativeSum().standardError());
      String name = "SGD, seed " + line.seed();
      marks.add(
          new Points(name, line.seed(), x, Column.of(own, r -> r.negativeSum().mean()), error));
      double end = Arrays.stream(x).max().orElseThrow();
      marks.add(
          new Line(
              line.seed() == 0 ? "best lines" : "",
              line.seed(),
              Stroke.DASHED,
              new double[] {0, end},
              new double[] {line.at(0), line.at(end)}));
      found.append(
          String.format(
              Locale.ROOT,
              " Seed %d: slope %.3g ± %.2g, intercept %.3g ± %.2g, R² %.3f.",
              line.seed(),
              line.slope(),
              line.slopeError(),
              line.intercept(),
              line.interceptError(),
              line.rSquared()));
    }
    marks.add(descent(minima, floor, r -> r.negativeSum().mean()));
    return new Figure(
        "negative-sum",
        "Sum of the negative eigenvalues against the training loss",
        "Each point is a run of SGD from the minimum of its seed, at one batch size and learning"
            + " rate, averaged over its late states. L* is the entropy of the smoothed targets, the"
            + " least that L can be. The text finds a line through the origin."
            + found,
        new Axis(EXCESS, Scale.LINEAR),
        new Axis("Sum of the negative eigenvalues of H", Scale.LINEAR),
        marks);
  }

  private static Figure logarithmic(
      List<RunSpectrum> minima, List<RunSpectrum> runs, List<SeedLine> lines, double floor) {
    List<Mark> marks = new ArrayList<>();
    for (SeedLine line : lines) {
      List<RunSpectrum> own = runs.stream().filter(r -> r.seed() == line.seed()).toList();
      marks.add(
          new Points(
              "SGD, seed " + line.seed(),
              line.seed(),
              excess(own, floor),
              Column.of(own, r -> -r.negativeSum().mean())));
    }
    marks.add(descent(minima, floor, r -> -r.negativeSum().mean()));
    boolean averaged = runs.stream().anyMatch(r -> r.states().size() > 1);
    if (averaged) {
      marks.add(
          new Points(
              "sum of the mean Hessian of a run",
              lines.size() + 1,
              excess(runs, floor),
              Column.of(runs, r -> -r.ofMeanHessian().sum())));
    }
    marks.add(power("slope 1 (theory)", Stroke.DASHED, runs, floor, 1));
    marks.add(power("slope 1/2", Stroke.DOTTED, runs, floor, 0.5));
    return new Figure(
        "negative-sum-log",
        "The same on logarithmic axes",
        "The theory has slope 1. Slope 1/2 is what the curvature of a valley gives: the second"
            + " derivative along a curved valley is of first order in the distance from it, the"
            + " loss of second.",
        new Axis(EXCESS, Scale.LOG),
        new Axis("|Sum of the negative eigenvalues of H|", Scale.LOG),
        marks);
  }

  /** Through the mean of the logarithms. */
  private static Line power(
      String name, Stroke stroke, List<RunSpectrum> runs, double floor, double exponent) {
    double[] x = excess(runs, floor);
    double offset = 0;
    for (int i = 0; i < x.length; i++) {
      double sum = -runs.get(i).negativeSum().mean();
      offset += (Math.log(sum) - exponent * Math.log(x[i])) / x.length;
    }
    double[] ends = {Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()};
    double factor = Math.exp(offset);
    double[] y = {factor * Math.pow(ends[0], exponent), factor * Math.pow(ends[1], exponent)};
    return new Line(name, Figure.INK, stroke, ends, y);
  }

  private static Points descent(
      List<RunSpectrum> minima, double floor, ToDoubleFunction<RunSpectrum> y) {
    return new Points(
        "minima of gradient descent", minima.size(), excess(minima, floor), Column.of(minima, y));
  }

  /** Falling where the runs descend, rising where noise and descent balance. */
  private static Figure flowTime(NoisyRuns plan, List<RunSpectrum> runs, double floor) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < plan.batches().size(); i++) {
      int batch = plan.batches().get(i);
      List<RunSpectrum> own = runs.stream().filter(r -> r.batch() == batch).toList();
      marks.add(new Points("B = " + batch, i, Column.of(own, plan::flowTime), excess(own, floor)));
    }
    return new Figure(
        "flow-time",
        "Is the loss that of an equilibrium?",
        "Loss of the late states against the time of gradient flow, learning rate times steps,"
            + " since the minimum. At a fixed number of epochs this is proportional to the ratio of"
            + " learning rate and batch size, with which the loss of an equilibrium would rise; a"
            + " loss that falls is one of descent.",
        new Axis("Learning rate x steps", Scale.LOG),
        new Axis(EXCESS, Scale.LOG),
        marks);
  }

  private static Figure training(Path run, NoisyRuns plan, double floor) {
    List<Mark> marks = new ArrayList<>();
    int colour = 0;
    for (double rate : plan.rates()) {
      for (int batch : plan.batches()) {
        Metrics seed = Metrics.read(run.resolve(NoisyRuns.folder(batch, rate))).getFirst();
        List<Map<String, Double>> rows = seed.rows();
        marks.add(
            new Line(
                batch == plan.batches().getFirst() ? "learning rate " + rate : "",
                colour,
                Stroke.SOLID,
                Column.of(rows, row -> row.get("epoch")),
                Column.of(rows, row -> row.get("train_loss") - floor)));
      }
      colour++;
    }
    return new Figure(
        "training",
        "Loss of the runs of SGD",
        "Runs of seed 0 from its minimum; lines of one colour differ in the batch size, "
            + plan.batches()
            + ".",
        new Axis("Epoch", Scale.LINEAR),
        new Axis(EXCESS, Scale.LOG),
        marks);
  }

  private static double[] excess(List<RunSpectrum> runs, double floor) {
    return Column.of(runs, r -> r.loss().mean() - floor);
  }
}
