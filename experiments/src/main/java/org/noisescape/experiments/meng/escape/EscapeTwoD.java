package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;

/**
 * How often SGD, Langevin's and power-law dynamics escape from a minimum of a 2-D loss.
 *
 * <p>The text gives the loss's factor as 15, but no batch size. With 15 descent itself is unstable
 * at the minimum (ηH ≈ 2.8), so that factor, batch size and the meaning of λ₁ are mapped. Source:
 * Meng et al. (2020), section 5.2, Eq. 12 and Fig. 3.
 */
public final class EscapeTwoD extends LandscapeExperiment<EscapeTwoD.Plan> {
  static final String ID = "meng/escape-2d";

  /** What runs. */
  record Plan(
      double literal,
      double working,
      List<Double> factors,
      List<Integer> batches,
      List<Double> lambdas,
      double scale,
      double rate,
      int steps,
      int samples,
      double sampleVariance,
      double right,
      double left,
      int replicas,
      int mapReplicas,
      int datasets) {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "State-dependent noise escapes from a minimum as often as SGD";
  }

  @Override
  public String source() {
    return "Meng, Gong, Chen, Ma, Liu (2020), section 5.2, Eq. 12, Fig. 3";
  }

  @Override
  public Map<String, String> settings() {
    return EscapeSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return EscapeSettings.defaults(preset);
  }

  @Override
  protected Plan plan(Settings settings) {
    return EscapeSettings.plan(settings);
  }

  @Override
  protected String criterion() {
    return EscapeReading.text();
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    int batch = plan.batches.getFirst();
    EscapeReading literal =
        read(
            plan,
            plan.literal,
            batch,
            Meaning.DEVIATION,
            plan.replicas,
            ensembles.seed(),
            ensembles);
    EscapeReading working =
        read(
            plan,
            plan.working,
            batch,
            Meaning.DEVIATION,
            plan.replicas,
            ensembles.seed(),
            ensembles);
    EscapeReading flatter =
        read(
            plan,
            plan.working * plan.scale,
            batch,
            Meaning.DEVIATION,
            plan.replicas,
            ensembles.seed(),
            ensembles);
    EscapeReading literalFlatter =
        read(
            plan,
            plan.literal * plan.scale,
            batch,
            Meaning.DEVIATION,
            plan.replicas,
            ensembles.seed(),
            ensembles);
    List<EscapeReading> map = new ArrayList<>();
    for (double factor : plan.factors) {
      for (int size : plan.batches) {
        for (Meaning meaning : Meaning.values()) {
          map.add(read(plan, factor, size, meaning, plan.mapReplicas, ensembles.seed(), ensembles));
        }
      }
    }
    List<EscapeReading> others = new ArrayList<>();
    for (int i = 0; i < plan.datasets; i++) {
      long samples = ensembles.seed(i);
      others.add(
          read(plan, plan.working, batch, Meaning.DEVIATION, plan.mapReplicas, samples, ensembles));
    }
    Verdict verdict = literal.verdict();
    EscapeScene scene = new EscapeScene(plan, plan.working, batch, ensembles.seed());
    List<NamedMeasurement> numbers = new ArrayList<>();
    EscapeNumbers.describe(numbers, "literal", literal, literalFlatter, plan, ensembles.seed());
    EscapeNumbers.describe(numbers, "working", working, flatter, plan, ensembles.seed());
    EscapeNumbers.others(numbers, others);
    numbers.add(
        new NamedMeasurement(
            "readings of the map that reproduce the figure",
            map.stream().filter(r -> r.verdict() == Verdict.AGREES).count(),
            Double.NaN,
            Double.NaN));
    for (EscapeReading reading : map.stream().filter(r -> r.verdict() == Verdict.AGREES).toList()) {
      numbers.add(
          new NamedMeasurement(
              "map, lambda_1 that meets SGD: " + reading.name(),
              reading.crossing(),
              Double.NaN,
              Double.NaN,
              Optional.of(reading.verdict())));
    }
    return new Findings(
        verdict,
        numbers,
        List.of(EscapeNumbers.table(plan, List.of(literal, literalFlatter, working, flatter), map)),
        EscapeFigures.of(scene, literal, working, flatter, map));
  }

  /** Runs, or reads back, everything of one reading. */
  private static EscapeReading read(
      Plan plan,
      double factor,
      int batch,
      Meaning meaning,
      int replicas,
      long samples,
      Ensembles ensembles) {
    EscapeScene scene = new EscapeScene(plan, factor, batch, samples);
    List<EscapedShare> rates = new ArrayList<>();
    for (double lambda : plan.lambdas) {
      rates.add(scene.powerLaw(ensembles, meaning.deviation(lambda), replicas));
    }
    return new EscapeReading(
        factor,
        batch,
        meaning,
        scene.stability(),
        scene.sgd(ensembles, replicas),
        scene.powerLaw(ensembles, 0, replicas),
        plan.lambdas,
        rates);
  }
}
