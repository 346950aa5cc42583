package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Figures of {@link EscapeTwoD}. */
final class EscapeFigures {
  private static final int POINTS = 41;
  private static final int SURFACE_SIDE = 15;
  private static final double SURFACE_EDGE = 1.5;
  private static final String LAMBDA = "\u03bb\u2081";
  private static final String SUCCESS = "Share of replicas that escaped";

  private EscapeFigures() {}

  static List<Figure> of(
      EscapeScene scene,
      EscapeReading literal,
      EscapeReading working,
      EscapeReading flatter,
      List<EscapeReading> map) {
    return List.of(
        success("success", "Success rate with the factor of the reading that works", working),
        success("success-flatter", "The same on the flatter loss", flatter),
        literal(literal),
        map(map),
        noise(scene),
        surface(scene));
  }

  private static Figure success(String name, String title, EscapeReading reading) {
    double[] x = Column.of(reading.lambdas(), l -> l);
    double[] ends = {0, x[x.length - 1]};
    FigureBuilder figure = Figure.titled(name, title).x(LAMBDA).y(SUCCESS);
    level(figure, "SGD", 1, reading.sgd(), ends);
    level(figure, "Langevin dynamics", 2, reading.langevin(), ends);
    return shares(figure, "power-law dynamics", 0, x, reading.powerLaw())
        .captioned(
            "%s, R = %d. Bands and bars: one standard error. The text finds SGD's rate near λ₁ ="
                    .formatted(reading.name(), reading.sgd().escaped().trials())
                + " 32 and Langevin's below both. Replicas that were thrown out beyond the other well count.");
  }

  private static void level(
      FigureBuilder figure, String name, int colour, EscapedShare rate, double[] ends) {
    double low = rate.escaped().lower(1);
    double high = rate.escaped().upper(1);
    figure
        .band("", colour, ends, new double[] {low, low}, new double[] {high, high})
        .level(name, colour, Stroke.SOLID, ends, rate.escaped().value());
  }

  private static Figure literal(EscapeReading reading) {
    List<EscapedShare> all = new ArrayList<>(List.of(reading.langevin()));
    all.addAll(reading.powerLaw());
    List<Double> lambdas = new ArrayList<>(List.of(0.0));
    lambdas.addAll(reading.lambdas());
    double[] x = Column.of(lambdas, l -> l);
    return Figure.titled("literal", "The literal reading")
        .x(LAMBDA + " (0: Langevin)")
        .y("Share of replicas")
        .level(
            "SGD, thrown out",
            1,
            Stroke.SOLID,
            new double[] {0, lambdas.getLast()},
            reading.sgd().divergedShare())
        .points("thrown out", 0, x, Column.of(all, EscapedShare::divergedShare))
        .points(
            "escaped",
            3,
            x,
            Column.of(all, r -> r.escaped().value()),
            Column.of(all, r -> r.escaped().standardError()))
        .captioned(
            "%s, ηH = %.2f at the minimum: descent itself is unstable, every replica leaves, and many are thrown out beyond the other well."
                .formatted(reading.name(), reading.stability()));
  }

  /**
   * Success of SGD, Langevin and λ₁ = the sweep's middle against the factor, for the first batch.
   */
  private static Figure map(List<EscapeReading> map) {
    int first = map.getFirst().batch();
    List<EscapeReading> own =
        map.stream()
            .filter(r -> r.batch() == first && r.meaning() == Meaning.DEVIATION)
            .sorted(Comparator.comparingDouble(EscapeReading::factor))
            .toList();
    FigureBuilder figure =
        Figure.titled("map", "Success rate against the factor of the loss")
            .logX("Factor of the loss")
            .y(SUCCESS);
    double edge = unstableFrom(own);
    boolean shaded = edge < own.getLast().factor();
    if (shaded) {
      figure.span("ηH ≥ 2", 0, edge, own.getLast().factor());
    }
    curve(figure, "SGD", 1, own, EscapeReading::sgd);
    curve(figure, "Langevin", 2, own, EscapeReading::langevin);
    List<Double> lambdas = map.getFirst().lambdas();
    int[] shown = IntStream.of(0, lambdas.size() / 2, lambdas.size() - 1).distinct().toArray();
    for (int k = 0; k < shown.length; k++) {
      int index = shown[k];
      String name = "\u03bb\u2081 = " + lambdas.get(index);
      curve(figure, name, 3 + k, own, r -> r.powerLaw().get(index));
    }
    return figure.captioned(
        "Batch size %d, R = %d a point; bars: one standard error.%s"
            .formatted(
                first,
                own.getFirst().sgd().escaped().trials(),
                shaded ? " Shaded: descent is unstable at the minimum." : ""));
  }

  /**
   * The factor from which on descent is unstable, on the line through its neighbours' logarithms.
   */
  private static double unstableFrom(List<EscapeReading> rising) {
    for (int i = 0; i < rising.size(); i++) {
      EscapeReading above = rising.get(i);
      if (above.stability() >= 2) {
        EscapeReading below = rising.get(Math.max(0, i - 1));
        double steps = Math.log(above.stability() / below.stability());
        double share = steps > 0 ? Math.log(2 / below.stability()) / steps : 0;
        return below.factor() * Math.pow(above.factor() / below.factor(), share);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static void curve(
      FigureBuilder figure,
      String name,
      int colour,
      List<EscapeReading> readings,
      Function<EscapeReading, EscapedShare> share) {
    double[] factors = Column.of(readings, EscapeReading::factor);
    shares(figure, name, colour, factors, readings.stream().map(share).toList());
  }

  private static FigureBuilder shares(
      FigureBuilder figure, String name, int colour, double[] x, List<EscapedShare> rates) {
    double[] y = Column.of(rates, r -> r.escaped().value());
    double[] error = Column.of(rates, r -> r.escaped().standardError());
    return figure.joined(name, colour, Stroke.THIN, x, y, error);
  }

  private static Figure noise(EscapeScene scene) {
    double[] s = new double[POINTS];
    double[] trace = new double[POINTS];
    PolynomialFit fit = scene.noiseParabola(s, trace);
    return Figure.titled("noise", "Trace of the gradient covariance around the minimum")
        .x("s")
        .y("tr C")
        .points("tr C", 0, s, trace)
        .line("parabola", Figure.INK, Stroke.DASHED, s, fit::at)
        .captioned(
            "f = %s, b = %d, at (1 + s, 1 + s); exact over the samples. Dashed: parabola, second coefficient %.3g, R² = %.4f."
                .formatted(
                    (float) scene.factor(), scene.batch(), fit.coefficients()[2], fit.rSquared()));
  }

  /** Fig. 3a. */
  private static Figure surface(EscapeScene scene) {
    int cells = 2 * SURFACE_SIDE + 1;
    double[][] values = new double[cells][cells];
    List<String> names = new ArrayList<>();
    for (int row = 0; row < cells; row++) {
      double second = SURFACE_EDGE * (row - SURFACE_SIDE) / SURFACE_SIDE;
      names.add("%.1f".formatted(second));
      for (int column = 0; column < cells; column++) {
        values[row][column] =
            scene.value(SURFACE_EDGE * (column - SURFACE_SIDE) / SURFACE_SIDE, second);
      }
    }
    return Figure.titled("surface", "The loss, and its four minima")
        .x(Axis.of("w\u2081", names))
        .y(Axis.of("w\u2082", names))
        .cells("L", Scale.LOG, values, new String[cells][cells])
        .captioned(
            "f = %s, mean over the samples. Minima where w₁ is %s and w₂ is %s."
                .formatted((float) scene.factor(), or(scene.minima(0)), or(scene.minima(1))));
  }

  private static String or(double[] values) {
    return Arrays.stream(values).mapToObj("%.3f"::formatted).collect(Collectors.joining(" or "));
  }
}
