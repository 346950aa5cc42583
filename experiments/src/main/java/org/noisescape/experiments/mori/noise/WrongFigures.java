package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Beyond the figures of the text: local slopes, and what the wrong samples carry. */
final class WrongFigures {
  private WrongFigures() {}

  static List<Figure> of(
      Map<Panel, List<List<NoisePoint>>> runs, Map<Panel, List<LocalSlope>> slopes) {
    List<Figure> figures = new ArrayList<>();
    slopes.forEach(
        (panel, local) -> {
          if (!local.isEmpty()) {
            figures.add(localSlopes(panel, local));
          }
        });
    runs.forEach(
        (panel, seeds) -> {
          List<NoisePoint> window =
              seeds.stream()
                  .filter(run -> !run.isEmpty())
                  .map(WrongSampleFit::window)
                  .flatMap(Collection::stream)
                  .toList();
          if (!window.isEmpty()) {
            figures.add(shares(panel, window));
            figures.add(counts(panel, window));
          }
        });
    return figures;
  }

  private static Figure localSlopes(Panel panel, List<LocalSlope> local) {
    double[] losses = Column.of(local, LocalSlope::loss);
    double[] ends = {losses[losses.length - 1], losses[0]};
    return Figure.titled(panel.name() + "-local-slope", panel.title() + ": local slope")
        .logX("Training loss L")
        .y("d log 𝒩 / d log L")
        .level("𝒩 ∝ L", Figure.INK, Stroke.DASHED, ends, 1)
        .level("𝒩 ∝ L²", Figure.INK, Stroke.DOTTED, ends, 2)
        .joined(
            "mean over replicas",
            0,
            Stroke.SOLID,
            losses,
            Column.of(local, s -> s.slope().mean()),
            Column.of(local, s -> s.slope().standardError()))
        .captioned(
            panel.description()
                + ". Slope of log 𝒩 against log L after the maximum of 𝒩, within %s decades of the loss."
                    .formatted(LocalSlope.WIDTH)
                + " Mean over replicas ± SE.");
  }

  private static Figure shares(Panel panel, List<NoisePoint> window) {
    FigureBuilder figure =
        Figure.titled(panel.name() + "-wrong-shares", panel.title() + ": what wrong samples carry")
            .logX("Training loss L")
            .y("Share of the wrong samples");
    share(figure, "of Σ ‖g‖²", 0, window, point -> point.wrong().ofGradients());
    share(figure, "of the loss", 1, window, point -> point.wrong().ofLoss());
    share(figure, "of the samples, M/N", 2, window, point -> 1 - point.trainAccuracy());
    double[] losses = Column.of(window, NoisePoint::loss);
    double[] ends = {
      java.util.Arrays.stream(losses).min().orElseThrow(),
      java.util.Arrays.stream(losses).max().orElseThrow()
    };
    return figure
        .level("they carry all", Figure.INK, Stroke.DASHED, ends, 1)
        .level("half", Figure.INK, Stroke.THIN, ends, 0.5)
        .captioned(
            panel.description()
                + ". Intermediate window, all replicas. The argument of appendix D needs shares near 1;"
                + " if all samples were alike, they were M/N.");
  }

  private static void share(
      FigureBuilder into,
      String entry,
      int colour,
      List<NoisePoint> window,
      ToDoubleFunction<NoisePoint> share) {
    into.points(entry, colour, window, NoisePoint::loss, share);
  }

  private static Figure counts(Panel panel, List<NoisePoint> window) {
    FigureBuilder figure =
        Figure.titled(panel.name() + "-wrong-samples", panel.title() + ": loss and noise against M")
            .logX("Wrong samples M")
            .logY("L,  𝒩");
    quantity(figure, "noise strength 𝒩", 0, window, NoisePoint::noise, NoisePoint::noiseError);
    quantity(figure, "loss L", 1, window, NoisePoint::loss, NoisePoint::lossError);
    return figure.captioned(
        panel.description()
            + ". Intermediate window, all replicas, with sampling errors. Dashed: ∝ M, through the middle of the points;"
            + " thin: ∝ √M.");
  }

  private static void quantity(
      FigureBuilder into,
      String entry,
      int colour,
      List<NoisePoint> window,
      ToDoubleFunction<NoisePoint> quantity,
      ToDoubleFunction<NoisePoint> error) {
    into.points(entry, colour, window, point -> point.wrong().samples(), quantity, error);
    double[] counts = Column.of(window, point -> Math.log(point.wrong().samples()));
    double middle = java.util.Arrays.stream(counts).average().orElseThrow();
    double level = window.stream().mapToDouble(quantity).map(Math::log).average().orElseThrow();
    double[] ends = {
      Math.exp(java.util.Arrays.stream(counts).min().orElseThrow()),
      Math.exp(java.util.Arrays.stream(counts).max().orElseThrow())
    };
    for (WrongLaw law : List.of(WrongLaw.ALL, WrongLaw.HALF)) {
      into.line(
          "",
          colour,
          law == WrongLaw.ALL ? Stroke.DASHED : Stroke.THIN,
          ends,
          m -> Math.exp(level + law.slope * (Math.log(m) - middle)));
    }
  }
}
