package org.noisescape.theory.passage;

import static org.noisescape.theory.passage.GaussPanel.ORDER;

/** log s and log m at the nodes of a mesh, but for constants that cancel in s·m. */
final class LogDensities {
  /** Most that a density may change within a panel, in natural logarithms. */
  private static final double RESOLVED = 8;

  final double[] scale;
  final double[] speed;

  /** Whether Ψ, where it is integrated, changes in no panel by more than that can resolve. */
  final boolean resolved;

  private LogDensities(double[] scale, double[] speed, boolean resolved) {
    this.scale = scale;
    this.speed = speed;
    this.resolved = resolved;
  }

  /**
   * Densities of a process.
   *
   * @param origin the boundary of panels where Ψ = 0: where the densities matter, for Ψ loses
   *     digits where it is large
   */
  static LogDensities of(MarkovProcess process, Mesh mesh, int origin) {
    if (process instanceof Diffusion diffusion) {
      return of(diffusion, mesh, origin);
    }
    ScaleAndSpeed known = (ScaleAndSpeed) process;
    int nodes = mesh.positions.length;
    double[] scale = new double[nodes];
    double[] speed = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      scale[i] = known.logScale().applyAsDouble(mesh.positions[i]);
      speed[i] = known.logSpeed().applyAsDouble(mesh.positions[i]);
    }
    return new LogDensities(scale, speed, true);
  }

  private static LogDensities of(Diffusion diffusion, Mesh mesh, int origin) {
    int nodes = mesh.positions.length;
    double[] slope = new double[nodes];
    double[] logHalfVariance = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      double w = mesh.positions[i];
      double variance = variance(diffusion, w);
      logHalfVariance[i] = Math.log(variance / 2);
      slope[i] = 2 * diffusion.gradient().applyAsDouble(w) / variance * mesh.measures[i];
    }
    double[] psi = new double[nodes];
    double start = 0;
    for (int p = origin; p < mesh.panels(); p++) {
      accumulate(p, start, slope, psi);
      start += GaussPanel.whole(slope, p * ORDER);
    }
    start = 0;
    for (int p = origin - 1; p >= 0; p--) {
      start -= GaussPanel.whole(slope, p * ORDER);
      accumulate(p, start, slope, psi);
    }
    boolean ito = diffusion.interpretation() == Interpretation.ITO;
    double[] scale = new double[nodes];
    double[] speed = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      scale[i] = psi[i] - (ito ? 0 : logHalfVariance[i]);
      speed[i] = -psi[i] - (ito ? logHalfVariance[i] : 0);
    }
    return new LogDensities(scale, speed, smooth(psi));
  }

  private static void accumulate(int panel, double start, double[] slope, double[] psi) {
    for (int i = 0; i < ORDER; i++) {
      psi[panel * ORDER + i] = start + GaussPanel.partial(i, slope, panel * ORDER);
    }
  }

  private static double variance(Diffusion diffusion, double w) {
    double variance = diffusion.variance().applyAsDouble(w);
    if (!(variance > 0)) {
      throw new IllegalArgumentException(
          "the variance of the noise must be > 0 on the whole interval, got "
              + variance
              + " at w = "
              + w);
    }
    return variance;
  }

  private static boolean smooth(double[] log) {
    for (int p = 0; p < log.length; p += ORDER) {
      double low = log[p];
      double high = log[p];
      for (int i = 1; i < ORDER; i++) {
        low = Math.min(low, log[p + i]);
        high = Math.max(high, log[p + i]);
      }
      if (!(high - low <= RESOLVED)) {
        return false;
      }
    }
    return true;
  }
}
