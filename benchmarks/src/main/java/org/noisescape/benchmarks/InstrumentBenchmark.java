package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.instruments.Instruments;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbePreset;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.train.Probe;

/**
 * Training steps at each of whose ends instruments are read, beside plain steps of the same run, in
 * turn; the time is that of the whole loop, step and reading.
 */
final class InstrumentBenchmark {
  private static final int WARM_UP = 3;
  private static final String TABLE = "Steps with instruments";

  /** Milliseconds of steps that are read in a round; plain ones are as many as the workload has. */
  private static final double ROUND = 1000;

  private static final Map<String, List<String>> SETS = new LinkedHashMap<>();

  static {
    SETS.put("norms", List.of("batch-loss", "batch-gradient", "update", "norm-test", "cabs"));
    SETS.put("norm-test", List.of("norm-test"));
    SETS.put("products", List.of("norm-test", "inner-product-test", "orthogonality-test"));
    for (String one :
        List.of(
            "alpha",
            "gradient-histogram",
            "gradient-parameter-histogram",
            "gsnr",
            "tic-trace",
            "tic-diagonal")) {
      SETS.put(one, List.of(one));
    }
    for (ProbePreset preset : ProbePreset.values()) {
      SETS.put(preset.text(), preset.probes());
    }
  }

  /** Steps that are read in the first round. */
  private static final int FEW_READ = 10;

  private InstrumentBenchmark() {}

  static void run(BenchSession session) {
    for (Workload workload : Workload.asked(session.settings())) {
      SETS.forEach((name, set) -> compare(session, workload, name, set));
    }
  }

  private static void compare(
      BenchSession session, Workload workload, String name, List<String> set) {
    List<ProbeSchedule> schedules =
        set.stream().map(each -> ProbeSchedule.parse(each + ":every=1")).toList();
    List<Probe.Scheduled> probes =
        ProbeSchedule.scheduled(schedules, ProbeOptions.training(1, session.settings().threads()));
    boolean all = set.stream().anyMatch(each -> Instruments.find(each).isEmpty());
    Spread ratio = new Spread();
    Spread both = new Spread();
    try (TimedTraining steps = new TimedTraining(session.engine(), workload, "sgd", List.of());
        TimedTraining watched = new TimedTraining(session.engine(), workload, "sgd", probes)) {
      // a pass over the training set may belong to it
      long reads = all ? 1 : FEW_READ;
      for (int round = 0; round < session.settings().rounds() + WARM_UP; round++) {
        double alone = steps.time(workload.steps());
        double read = watched.time(reads);
        reads = Math.clamp(Math.round(ROUND / read), 1, workload.steps());
        if (round >= WARM_UP) {
          both.add(read);
          ratio.add(read / alone);
        }
      }
    }
    String row = workload.model() + ", " + name;
    session.add(BenchmarkRow.alone(TABLE, row, "ms", both, Map.of()));
    session.add(BenchmarkRow.alone(TABLE, row + " over a plain step", "times", ratio, Map.of()));
  }
}
