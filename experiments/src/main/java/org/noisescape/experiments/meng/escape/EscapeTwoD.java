package org.noisescape.experiments.meng.escape;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
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
  /** The experiment. */
  public EscapeTwoD() {
    super(
        "meng/escape-2d",
        "State-dependent noise escapes from a minimum as often as SGD",
        "Meng, Gong, Chen, Ma, Liu (2020), section 5.2, Eq. 12, Fig. 3",
        row("literal", "factor of the loss as the text has it", "15"),
        row("working", "factor of the reading that is looked at closely besides", "4"),
        row("factors", "factors of the loss that are mapped", "15,5,1", "15,10,7.5,5,4,3,1,0.4"),
        row(
            "batches",
            "batch sizes that are mapped; the first is that of the two readings",
            "1,10",
            "1,2,5,10"),
        row("lambdas", "lambda_1, two or more", "4,16,32,64", "4,8,16,24,32,48,64"),
        row("scale", "factor of the flatter loss", "0.9"),
        row("lr", "learning rate", "0.025"),
        row("steps", "steps in which a replica may escape", "500"),
        row("samples", "displaced copies of the loss", "100"),
        row("sample-variance", "variance of the displacements", "0.01"),
        row("powers", "powers of the loss around 1 and -1", "2.5,3"),
        row("replicas", "replicas of the two readings", "200", "10000", "100"),
        row("map-replicas", "replicas of each mapped reading", "50", "200", "100"),
        row("datasets", "other sets of samples on which the close reading is repeated", "2", "8"));
  }

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
  protected Planned<Plan> plan(Settings settings) {
    int samples = settings.integer("samples", 2);
    List<Integer> batches = settings.integers("batches", 1);
    if (batches.stream().anyMatch(batch -> batch > samples)) {
      throw settings.wrong(
          "batches", "must be whole numbers up to the %d samples".formatted(samples));
    }
    List<Double> lambdas = settings.positives("lambdas").stream().sorted().toList();
    if (lambdas.size() < 2) {
      throw settings.wrong("lambdas", "a rise needs two values or more");
    }
    double[] powers = settings.finite("powers", 2);
    Plan plan =
        new Plan(
            settings.positive("literal"),
            settings.positive("working"),
            settings.positives("factors"),
            batches,
            lambdas,
            settings.positive("scale"),
            settings.positive("lr"),
            settings.integer("steps", 1),
            samples,
            settings.positive("sample-variance"),
            powers[0],
            powers[1],
            settings.integer("replicas", 1),
            settings.integer("map-replicas", 1),
            settings.integer("datasets", 0));
    try {
      // the loss and its barriers, before a folder is made
      new EscapeScene(plan, plan.literal(), batches.getFirst(), 1);
    } catch (org.hipparchus.exception.MathIllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--set sample-variance=%s: the displaced copies leave no barrier between the minima"
              .formatted(settings.text("sample-variance")),
          e);
    }
    // four close looks, the map
    int readings = 4 + plan.factors.size() * batches.size() * Meaning.values().length;
    return Planned.of(plan, EscapeReading.text())
        .ensembles((readings + plan.datasets) * (lambdas.size() + 2));
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    int batch = plan.batches.getFirst();
    EscapeReading literal = close(plan, plan.literal, ensembles);
    EscapeReading working = close(plan, plan.working, ensembles);
    EscapeReading flatter = close(plan, plan.working * plan.scale, ensembles);
    EscapeReading literalFlatter = close(plan, plan.literal * plan.scale, ensembles);
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
    EscapeScene scene = new EscapeScene(plan, plan.working, batch, ensembles.seed());
    return findings(
            plan, ensembles.seed(), List.of(literal, literalFlatter, working, flatter), map, others)
        .figures(EscapeFigures.of(scene, literal, working, flatter, map));
  }

  /**
   * Numbers and table.
   *
   * @param close the literal reading and the working one, each on L and on the flatter loss
   * @param map all readings
   * @param others the working reading with other samples
   */
  static Findings findings(
      Plan plan,
      long seed,
      List<EscapeReading> close,
      List<EscapeReading> map,
      List<EscapeReading> others) {
    EscapeReading literal = close.get(0);
    EscapeReading working = close.get(2);
    List<EscapeReading> agreeing = map.stream().filter(r -> r.verdict() == Verdict.AGREES).toList();
    Measurements numbers = literal.figure("literal");
    EscapeNumbers.describe(numbers, "literal", literal, close.get(1), plan, seed);
    numbers.addApart(working.figure("working"));
    EscapeNumbers.describe(numbers, "working", working, close.get(3), plan, seed);
    EscapeNumbers.others(numbers, others);
    numbers.value("readings of the map that reproduce the figure", agreeing.size());
    for (EscapeReading reading : agreeing) {
      numbers.apart(
          "map, lambda_1 that meets SGD: " + reading.name(),
          PointEstimate.unknown(reading.crossing()),
          EscapeReading.TEXT,
          Judgement.of(reading.verdict()));
    }
    return Findings.of(numbers)
        .rivals(literal.rivals("literal"))
        .table(EscapeNumbers.table(plan, close, map));
  }

  /** One that is looked at closely. */
  private static EscapeReading close(Plan plan, double factor, Ensembles ensembles) {
    return read(
        plan,
        factor,
        plan.batches.getFirst(),
        Meaning.DEVIATION,
        plan.replicas,
        ensembles.seed(),
        ensembles);
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
