package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Densities of eigenvalues from what {@code probe --json} wrote into run folders. */
final class DensityOverlay {
  /** Densities below this share of the largest are the tails of the Gaussians they are made of. */
  private static final double SHOWN = 1e-7;

  static final String CAPTION =
      "Share of the eigenvalues an interval, by stochastic Lanczos quadrature; bands: ± standard"
          + " error. Each node is broadened to a Gaussian, so that the width of the bulk is that of"
          + " the Gaussian. Densities below 1e-7 of the largest, and negative ones, are drawn"
          + " there.";

  private static final Map<String, String> SYMBOLS =
      Map.of("hessian_density", "H", "ggn_density", "G");

  private DensityOverlay() {}

  static List<Figure> figures(List<ReportedRun> runs) {
    List<Figure> figures = new ArrayList<>();
    for (String key : List.of("hessian_density", "ggn_density")) {
      String symbol = SYMBOLS.get(key);
      FigureBuilder figure =
          Figure.titled(key.replace('_', '-'), "Density of the eigenvalues of " + symbol)
              .x("Eigenvalue of " + symbol)
              .logY("Density");
      int colour = 0;
      for (ReportedRun run : runs) {
        for (Map.Entry<String, JsonNode> probe : run.folder().probes().entrySet()) {
          JsonNode density = probe.getValue().path(key);
          if (density.path("grid").isArray()) {
            add(figure, colour++, run.name() + " " + probe.getKey(), density);
          }
        }
      }
      if (!figure.isEmpty()) {
        figures.add(figure.captioned(CAPTION));
      }
    }
    return figures;
  }

  /** One curve, or one a replica. */
  static void add(FigureBuilder figure, int colour, String name, JsonNode density) {
    if (!density.has("values")) {
      curve(
          figure,
          colour,
          name,
          density.path("grid"),
          density.path("value"),
          density.path("standard_error"));
      return;
    }
    for (int r = 0; r < density.path("values").size(); r++) {
      curve(
          figure,
          colour,
          r == 0 ? name : "",
          density.path("grid").path(r),
          density.path("values").path(r),
          density.path("standard_error").path(r));
    }
  }

  private static void curve(
      FigureBuilder figure,
      int colour,
      String name,
      JsonNode grid,
      JsonNode value,
      JsonNode error) {
    double largest = 0;
    for (JsonNode each : value) {
      largest = Math.max(largest, each.asDouble());
    }
    int n = Math.min(grid.size(), value.size());
    double[] x = new double[n];
    double[] y = new double[n];
    double[] lower = new double[n];
    double[] upper = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = grid.path(i).asDouble();
      double d = value.path(i).asDouble();
      double e = error.path(i).asDouble();
      y[i] = Math.max(d, SHOWN * largest);
      lower[i] = Math.max(d - e, SHOWN * largest);
      upper[i] = Math.max(d + e, SHOWN * largest);
    }
    figure.band("", colour, x, lower, upper).line(name, colour, x, y);
  }
}
