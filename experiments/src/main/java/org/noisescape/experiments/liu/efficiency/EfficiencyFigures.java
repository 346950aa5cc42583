package org.noisescape.experiments.liu.efficiency;

import java.util.List;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Mean losses of {@link EscapeEfficiencyTimes} against the steps. */
final class EfficiencyFigures {
  private EfficiencyFigures() {}

  static List<Figure> of(List<EscapeEfficiencyTimes.Setup> setups, List<GridPoint> points) {
    FigureBuilder rates = Figure.titled("rates", "Mean loss after t steps from the minimum");
    FigureBuilder noises =
        Figure.titled("alignment", "Aligned and isotropic noise of the same trace");
    for (FigureBuilder figure : List.of(rates, noises)) {
      figure.x("Steps t").logY("E[L(w_t) − L(w₀)]");
    }
    int apart = setups.size() - 2;
    for (int i = 0; i < setups.size(); i++) {
      EscapeEfficiencyTimes.Setup setup = setups.get(i);
      boolean compared = i >= apart;
      int colour = compared ? i - apart : i;
      List<GridPoint> own = GridPoint.of(points, setup.panel());
      String name = compared ? setup.panel() + " noise" : "λk₁ = " + Plots.number(setup.rate());
      (compared ? noises : rates)
          .line(colour == 0 ? "discrete theory" : "", colour, own, GridPoint::x, GridPoint::exact)
          .line(
              colour == 0 ? "continuous theory" : "",
              colour,
              Stroke.DOTTED,
              own,
              GridPoint::x,
              GridPoint::continuous)
          .points(name, colour, own, GridPoint::x, GridPoint::value, GridPoint::standardError);
    }
    int replicas = points.getFirst().replicas();
    return List.of(
        rates.captioned(
            "Curvatures 1 and 0.1, white noise of variance 1, %d replicas.".formatted(replicas)),
        noises.captioned(
            "D = %d, one curvature 1 and the others 1/D², learning rate 1, %d replicas."
                .formatted(setups.getLast().curvatures().length, replicas)));
  }
}
