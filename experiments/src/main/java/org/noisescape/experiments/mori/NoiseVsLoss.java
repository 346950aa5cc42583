package org.noisescape.experiments.mori;
import java.util.*;
import org.noisescape.experiments.*;
public final class NoiseVsLoss implements Experiment {
  public static NoiseVsLoss meanSquare() { return new NoiseVsLoss(); }
  public static NoiseVsLoss crossEntropy() { return new NoiseVsLoss(); }
  @Override public String id() { return ""; }
  @Override public String title() { return ""; }
  @Override public String source() { return ""; }
  @Override public Map<String, String> settings() { return Map.of(); }
  @Override public Map<String, String> defaults(Preset preset) { return Map.of(); }
  @Override public ExperimentOutcome run(ExperimentRequest request) { return null; }
}
