package org.noisescape.experiments.liu.depth;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Fig. 1(a) of the text. */
final class DepthFigures {
  private static final double BESIDE = 1.02;

  private DepthFigures() {}

  static List<Figure> of(List<DepthRun> runs, List<KernelLimit> limits, String description) {
    FigureBuilder errors =
        Figure.titled("test-error", "Test error against learning rate")
            .logX("Learning rate η")
            .y("Test error");
    FigureBuilder changes =
        Figure.titled("change", "Change from the small-rate limit")
            .logX("Learning rate η")
            .y("Test error − that at the smallest η");
    int colour = 0;
    for (int depth : runs.stream().map(DepthRun::depth).distinct().toList()) {
      List<DepthRun> own = runs.stream().filter(r -> r.depth() == depth).toList();
      String name = depth == 1 ? "1 hidden layer" : depth + " hidden layers";
      double limit = own.getFirst().error().mean();
      errors.line(
          colour == 0 ? "small-rate limit" : "",
          colour,
          Stroke.DASHED,
          new double[] {own.getFirst().rate(), own.getLast().rate()},
          rate -> limit);
      for (KernelLimit kernel : limits) {
        if (kernel.depth() == depth) {
          errors.level(
              colour == 0 ? "tangent kernel" : "",
              colour,
              Stroke.DOTTED,
              new double[] {own.getFirst().rate(), own.getLast().rate()},
              kernel.error().mean());
        }
      }
      add(errors, name, colour, own, DepthRun::error);
      add(changes, name, colour, own, r -> r.minus(own.getFirst()));
      colour++;
    }
    return List.of(
        errors.captioned(description + ". Error bars: standard error over seeds."),
        changes.captioned(
            description + ". Differences seed by seed, from the same initial weights."));
  }

  private static void add(
      FigureBuilder into,
      String name,
      int colour,
      List<DepthRun> runs,
      Function<DepthRun, SeedMean> mean) {
    // side by side, so that error bars do not hide each other
    ToDoubleFunction<DepthRun> beside = r -> r.rate() * Math.pow(BESIDE, colour);
    ToDoubleFunction<DepthRun> value = r -> mean.apply(r).mean();
    into.line("", colour, Stroke.THIN, runs, beside, value);
    into.points(name, colour, runs, beside, value, r -> mean.apply(r).standardError());
  }
}
