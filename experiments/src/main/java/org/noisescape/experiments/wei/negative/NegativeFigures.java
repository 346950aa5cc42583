package org.noisescape.experiments.wei.negative;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.Metrics;

/** Fig. 2a of the text, the same on logarithmic axes, and the loss of the runs over epochs. */
final class NegativeFigures {
  private static final String EXCESS = "Training loss above its floor, L − L*";

  private NegativeFigures() {}

  static List<Figure> of(
      Path run,
      NoisyRuns plan,
      NegativeEigenvalues.Spectra spectra,
      List<SeedLine> lines,
      double floor) {
    List<RunSpectrum> runs = spectra.runs();
    return List.of(
        linear(spectra.descent(), runs, lines, floor),
        logarithmic(spectra.descent(), runs, lines, floor),
        flowTime(plan, runs, floor),
        training(run, plan, floor));
  }

  private static Figure linear(
      List<RunSpectrum> descent, List<RunSpectrum> runs, List<SeedLine> lines, double floor) {
    FigureBuilder figure =
        Figure.titled("negative-sum", "Sum of the negative eigenvalues against the training loss")
            .x(EXCESS)
            .y("Sum of the negative eigenvalues of H");
    StringBuilder found = new StringBuilder();
    for (SeedLine line : lines) {
      List<RunSpectrum> own = of(runs, line);
      double end = Arrays.stream(excess(own, floor)).max().orElseThrow();
      figure
          .points(
              "SGD, replica " + line.seed(),
              line.seed(),
              own,
              r -> r.excess(floor),
              r -> r.negativeSum().mean(),
              r -> error(r.negativeSum()))
          .line(
              line.seed() == 0 ? "best lines" : "",
              line.seed(),
              Stroke.DASHED,
              new double[] {0, end},
              line::at);
      found.append(
          " Seed %d: slope %.3g ± %.2g, intercept %.3g ± %.2g, R² %.3f."
              .formatted(
                  line.seed(),
                  line.slope(),
                  line.slopeError(),
                  line.intercept(),
                  line.interceptError(),
                  line.rSquared()));
    }
    return descent(figure, descent, lines, floor, r -> r.negativeSum().mean())
        .captioned(
            "Each point is a run of SGD from the minimum of its seed, at one batch size and learning"
                + " rate, averaged over its late states. L* is the entropy of the smoothed targets, the"
                + " least that L can be. Thin: gradient descent from the minimum on. The text finds a"
                + " line through the origin."
                + found);
  }

  private static Figure logarithmic(
      List<RunSpectrum> descent, List<RunSpectrum> runs, List<SeedLine> lines, double floor) {
    FigureBuilder figure =
        Figure.titled("negative-sum-log", "The same on logarithmic axes")
            .logX(EXCESS)
            .logY("|Sum of the negative eigenvalues of H|");
    for (SeedLine line : lines) {
      figure.points(
          "SGD, replica " + line.seed(),
          line.seed(),
          of(runs, line),
          r -> r.excess(floor),
          r -> -r.negativeSum().mean(),
          r -> error(r.negativeSum()));
    }
    descent(figure, descent, lines, floor, r -> -r.negativeSum().mean());
    if (runs.stream().anyMatch(r -> r.states().size() > 1)) {
      figure.points(
          "sum of the mean Hessian of a run",
          lines.size() + 1,
          runs,
          r -> r.excess(floor),
          r -> -r.ofMeanHessian().sum());
    }
    power(figure, "slope 1 (theory)", Stroke.DASHED, runs, floor, 1);
    power(figure, "slope 1/2", Stroke.THIN_DASHED, runs, floor, 0.5);
    return figure.captioned(
        "The theory has slope 1. Thin: gradient descent from the minimum on; thin dashes: slope 1/2, which the"
            + " curvature of a valley gives: the second derivative along a curved valley is of first order in the distance from it, the"
            + " loss of second.");
  }

  /** Through the mean of the logarithms. */
  private static void power(
      FigureBuilder figure,
      String name,
      Stroke stroke,
      List<RunSpectrum> runs,
      double floor,
      double exponent) {
    double[] x = excess(runs, floor);
    double offset = 0;
    for (int i = 0; i < x.length; i++) {
      double sum = -runs.get(i).negativeSum().mean();
      offset += (Math.log(sum) - exponent * Math.log(x[i])) / x.length;
    }
    double[] ends = {Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()};
    double factor = Math.exp(offset);
    figure.line(name, Figure.INK, stroke, ends, at -> factor * Math.pow(at, exponent));
  }

  /** Without noise, thin, in the colours of the seeds. */
  private static FigureBuilder descent(
      FigureBuilder figure,
      List<RunSpectrum> descent,
      List<SeedLine> lines,
      double floor,
      ToDoubleFunction<RunSpectrum> y) {
    for (SeedLine line : lines) {
      figure.line(
          line.seed() == 0 ? "gradient descent without noise" : "",
          line.seed(),
          Stroke.THIN,
          of(descent, line),
          r -> r.excess(floor),
          y);
    }
    return figure;
  }

  /** Falling where the runs descend, rising where noise and descent balance. */
  private static Figure flowTime(NoisyRuns plan, List<RunSpectrum> runs, double floor) {
    FigureBuilder figure =
        Figure.titled("flow-time", "Is the loss that of an equilibrium?")
            .logX("Learning rate x steps")
            .logY(EXCESS);
    for (int i = 0; i < plan.batches().size(); i++) {
      int batch = plan.batches().get(i);
      List<RunSpectrum> own = runs.stream().filter(r -> r.batch() == batch).toList();
      figure.points(
          "B = " + batch, i, own, plan::flowTime, r -> r.excess(floor), r -> error(r.loss()));
    }
    return figure.captioned(
        "Loss of the late states against the time of gradient flow, learning rate times steps,"
            + " since the minimum. At a fixed number of epochs this is proportional to the ratio of"
            + " learning rate and batch size, with which the loss of an equilibrium would rise; a"
            + " loss that falls is one of descent.");
  }

  private static Figure training(Path run, NoisyRuns plan, double floor) {
    FigureBuilder figure =
        Figure.titled("training", "Loss of the runs of SGD").x("Epoch").logY(EXCESS);
    int colour = 0;
    for (double rate : plan.rates()) {
      for (int batch : plan.batches()) {
        Metrics seed = Metrics.read(run.resolve(NoisyRuns.folder(batch, rate))).getFirst();
        figure.line(
            batch == plan.batches().getFirst() ? "learning rate " + rate : "",
            colour,
            seed.rows(),
            row -> row.get("epoch"),
            row -> row.get("train_loss") - floor);
      }
      colour++;
    }
    return figure.captioned(
        "Runs of seed 0 from its minimum; lines of one colour differ in the batch size, "
            + plan.batches()
            + ".");
  }

  /** Standard error over the states of a run, none of a single one. */
  private static double error(SeedMean states) {
    return states.seeds() < 2 ? 0 : states.standardError();
  }

  private static List<RunSpectrum> of(List<RunSpectrum> runs, SeedLine line) {
    return runs.stream().filter(run -> run.seed() == line.seed()).toList();
  }

  private static double[] excess(List<RunSpectrum> runs, double floor) {
    return Column.of(runs, run -> run.excess(floor));
  }
}
