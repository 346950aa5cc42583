package org.noisescape.experiments.meng.escape;

import static org.noisescape.experiments.frame.Settings.ordered;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link EscapeTwoD} and their values in each preset. */
final class EscapeSettings {
  private EscapeSettings() {}

  static Map<String, String> descriptions() {
    return ordered(
        "literal", "factor of the loss as the text has it",
        "working", "factor of the reading that is looked at closely besides",
        "factors", "factors of the loss that are mapped",
        "batches", "batch sizes that are mapped; the first is that of the two readings",
        "lambdas", "lambda_1, two or more",
        "scale", "factor of the flatter loss",
        "lr", "learning rate",
        "steps", "steps in which a replica may escape",
        "samples", "displaced copies of the loss",
        "sample-variance", "variance of the displacements",
        "powers", "powers of the loss around 1 and -1",
        "replicas", "replicas of the two readings",
        "map-replicas", "replicas of each mapped reading",
        "datasets", "other sets of samples on which the close reading is repeated");
  }

  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    return ordered(
        "literal", "15",
        "working", "4",
        "factors", quick ? "15,5,1" : "15,10,7.5,5,4,3,1",
        "batches", quick ? "1,10" : "1,2,5,10",
        "lambdas", quick ? "4,16,32,64" : "4,8,16,24,32,48,64",
        "scale", "0.9",
        "lr", "0.025",
        "steps", "500",
        "samples", "100",
        "sample-variance", "0.01",
        "powers", "2.5,3",
        "replicas", quick ? "200" : preset == Preset.PAPER ? "100" : "10000",
        "map-replicas", quick ? "50" : preset == Preset.PAPER ? "100" : "200",
        "datasets", quick ? "2" : "8");
  }

  /** Reads and checks everything before anything runs. */
  static EscapeTwoD.Plan plan(Settings settings) {
    int samples = settings.integer("samples", 2);
    List<Integer> batches = new ArrayList<>();
    for (double batch : settings.positives("batches")) {
      if (batch != Math.rint(batch) || batch > samples) {
        throw new IllegalArgumentException(
            "--set batches=%s: must be whole numbers up to the %d samples"
                .formatted(settings.text("batches"), samples));
      }
      batches.add((int) batch);
    }
    List<Double> lambdas = settings.positives("lambdas").stream().sorted().toList();
    if (lambdas.size() < 2) {
      throw new IllegalArgumentException(
          "--set lambdas=%s: a rise needs two values or more".formatted(settings.text("lambdas")));
    }
    double[] powers = settings.finite("powers", 2);
    EscapeTwoD.Plan plan =
        new EscapeTwoD.Plan(
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
    return plan;
  }
}
