package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.instruments.Instruments;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbePreset;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Progress;
import org.noisescape.train.TrainingSetup;

/**
 * Training steps at each of whose ends instruments are read, beside plain steps of the same run, in
 * turn; the time is that of the whole loop, step and reading.
 *
 * <p>Arguments: rounds, threads, then models.
 */
public final class InstrumentBenchmark {
  private static final int WARM_UP = 2;

  /** Steps that are read in a round, at most; plain ones are as many as the workload has. */
  private static final int MOST_READ = 100;

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

  /** A trainer, and when it was asked whether to stop. */
  private static final class Watched implements AutoCloseable {
    private final Trainer trainer;
    private long step;

    Watched(Engine engine, Workload workload, List<Probe.Scheduled> probes) {
      TrainingEvent.Listener listener =
          event -> {
            if (event instanceof Progress progress) {
              step = progress.step();
            }
          };
      trainer =
          new Trainer(
              engine,
              TrainingSetup.of(workload.plan("sgd", 1_000_000), workload)
                  .withProbes(probes)
                  .withCheckpoints(new Interval(1e12, Interval.Unit.STEPS))
                  .withListener(listener));
    }

    /** Milliseconds a step, over so many steps or a few more. */
    double time(long steps) {
      long[] begin = {0, 0};
      double[] found = new double[1];
      trainer.run(
          () -> {
            long now = System.nanoTime();
            if (begin[0] == 0) {
              begin[0] = now;
              begin[1] = step;
            }
            boolean enough = step - begin[1] >= steps;
            if (enough && found[0] == 0) {
              found[0] = (now - begin[0]) * 1e-6 / (step - begin[1]);
            }
            return enough;
          });
      return found[0];
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  /** Steps that are read in a round where a pass over the training set belongs to it. */
  private static final int FEW_READ = 1;

  private InstrumentBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    List<String> models = List.of(arguments).subList(2, arguments.length);
    try (Engine engine = BenchmarkEngine.open(threads)) {
      System.out.println(BenchmarkEngine.line(engine));
      for (Workload workload : Workload.ALL) {
        if (models.isEmpty() || models.contains(workload.model())) {
          System.out.printf(
              "%n%s, B = %d, %d rounds%n", workload.model(), workload.batch(), rounds);
          SETS.forEach(
              (name, set) -> compare(engine, workload.scaled(), name, set, rounds, threads));
        }
      }
    }
  }

  private static void compare(
      Engine engine, Workload workload, String name, List<String> set, int rounds, int threads) {
    List<ProbeSchedule> schedules =
        set.stream().map(each -> ProbeSchedule.parse(each + ":every=1")).toList();
    List<Probe.Scheduled> probes =
        ProbeSchedule.scheduled(schedules, ProbeOptions.training(1, threads));
    boolean all = set.stream().anyMatch(each -> Instruments.find(each).isEmpty());
    int most = all ? FEW_READ : MOST_READ;
    Spread plain = new Spread();
    Spread read = new Spread();
    Spread ratio = new Spread();
    try (Watched steps = new Watched(engine, workload, List.of());
        Watched watched = new Watched(engine, workload, probes)) {
      for (int round = 0; round < rounds + WARM_UP; round++) {
        double alone = steps.time(workload.steps());
        double both = watched.time(Math.min(most, workload.steps()));
        if (round >= WARM_UP) {
          plain.add(alone);
          read.add(both);
          ratio.add(both / alone);
        }
      }
    }
    System.out.printf(
        "  %-30s step %s ms, read %s ms, ratio %s%n",
        name, plain.text("%.4g"), read.text("%.4g"), ratio.text("%.3f"));
  }
}
