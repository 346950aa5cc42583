package org.noisescape.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.ScalingCurve;
import org.noisescape.benchmarks.records.ScalingCurve.Point;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.tensor.Engine;

/**
 * Time and memory against samples N, parameters P, mini-batch B, replicas R, Lanczos steps and
 * threads, with the exponents fitted; all sizes in turn within a round.
 */
final class ScalingBenchmark {
  private static final int WARM_UP = 2;
  private static final String MODEL = "mlp:100,100";
  private static final String SAMPLES = "N";
  private static final String PARAMETERS = "P";

  private final BenchSession session;
  private final BenchSettings settings;
  private final boolean tiny;

  private ScalingBenchmark(BenchSession session) {
    this.session = session;
    this.settings = session.settings();
    this.tiny = settings.size() == BenchSettings.Size.TINY;
  }

  static void run(BenchSession session) {
    ScalingBenchmark benchmark = new ScalingBenchmark(session);
    benchmark.samples();
    benchmark.parameters();
    benchmark.batches();
    benchmark.replicas();
    benchmark.lanczosSteps();
    new ScalingMemory(session).run();
    benchmark.threads();
    session
        .settings()
        .results()
        .ifPresent(
            folder -> {
              try {
                ScalingFigures.write(folder, session.curves());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private int[] sizes(int... usual) {
    return tiny ? new int[] {2, 4, 8} : usual;
  }

  private Workload workload(String model, int batch, int samples) {
    Workload base = Workload.of(settings, MODEL);
    return new Workload(model, base.image(), base.outputs(), batch, samples, settings.steps(100));
  }

  private void samples() {
    int[] sizes = sizes(1000, 2000, 4000, 8000, 16_000);
    String formula = "a pass over N samples";
    times(
        SAMPLES,
        "gradient pass, " + MODEL,
        formula,
        sizes,
        n -> SizedWork.pass(session, workload(MODEL, 1, n), false));
    times(
        SAMPLES,
        "noise-strength pass, " + MODEL,
        formula,
        sizes,
        n -> SizedWork.pass(session, workload(MODEL, 1, n), true));
    times(
        SAMPLES,
        "H v, " + MODEL,
        formula + ", forward and backward, with tangents",
        sizes,
        n -> SizedWork.product(session, workload(MODEL, 1, n)));
  }

  private void parameters() {
    List<Point> points = new ArrayList<>();
    int[] widths = sizes(50, 100, 200, 400, 800);
    List<Spread> spreads = rounds(widths, w -> SizedWork.step(session.engine(), wide(w)));
    for (int i = 0; i < widths.length; i++) {
      points.add(new Point(wide(widths[i]).network().parameterCount(), spreads.get(i).range()));
    }
    session.add(
        ScalingCurve.fitted(
            "training step, mlp:w,w, B = 100",
            PARAMETERS,
            "ms",
            "2 R m n k operations a product",
            1,
            points));
  }

  private Workload wide(int width) {
    return workload("mlp:%d,%d".formatted(width, width), tiny ? 2 : 100, tiny ? 20 : 2000);
  }

  private void batches() {
    int samples = tiny ? 20 : 2000;
    times(
        "B",
        "training step, " + MODEL,
        "2 R m n k operations a product",
        sizes(10, 30, 100, 300, 1000),
        b -> SizedWork.step(session.engine(), workload(MODEL, b, samples)));
  }

  private void replicas() {
    times(
        "R",
        "step of R replicas, mlp:10, B = 10",
        "R times a replica's step",
        sizes(8, 32, 128, 512),
        r -> SizedWork.replicas(session, workload("mlp:10", tiny ? 2 : 10, tiny ? 20 : 2000), r));
  }

  private void lanczosSteps() {
    times(
        "steps",
        "density of H from 2 vectors, " + MODEL,
        "vectors · steps products, and steps² P operations for each",
        sizes(10, 20, 40, 80),
        s -> SizedWork.density(session, workload(MODEL, 1, tiny ? 20 : 1000), s));
  }

  /** Beside one thread; two or three numbers are no exponent. */
  private void threads() {
    Workload workload = tiny ? workload(MODEL, 2, 20) : Workload.of(settings, "mlp:2000,2000,2000");
    for (int threads = 2; threads <= settings.threads(); threads *= 2) {
      Spread ratio = new Spread();
      for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
        double first = step(1, workload);
        double second = step(threads, workload);
        if (round >= WARM_UP) {
          ratio.add(first / second);
        }
      }
      String name = "training step, %s, %d threads".formatted(workload.model(), threads);
      session.add(
          BenchmarkRow.alone("Threads, times as fast as one", name, "times", ratio, Map.of()));
    }
  }

  /** On an engine of its own: the last one that was opened says how many threads libraries take. */
  private double step(int threads, Workload workload) {
    try (Engine engine = session.open(threads);
        SizedWork work = SizedWork.step(engine, workload)) {
      work.milliseconds();
      return work.milliseconds();
    }
  }

  private void times(
      String size, String name, String formula, int[] sizes, IntFunction<SizedWork> work) {
    List<Spread> spreads = rounds(sizes, work);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      points.add(new Point(sizes[i], spreads.get(i).range()));
    }
    session.add(ScalingCurve.fitted(name, size, "ms", formula, 1, points));
  }

  /** Every size in turn, so that a machine that drifts bends no curve. */
  private List<Spread> rounds(int[] sizes, IntFunction<SizedWork> work) {
    List<SizedWork> works = new ArrayList<>();
    List<Spread> spreads = new ArrayList<>();
    try {
      for (int size : sizes) {
        works.add(work.apply(size));
        spreads.add(new Spread());
      }
      for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
        for (int i = 0; i < sizes.length; i++) {
          double time = works.get(i).milliseconds();
          if (round >= WARM_UP) {
            spreads.get(i).add(time);
          }
        }
      }
      return spreads;
    } finally {
      works.forEach(SizedWork::close);
    }
  }
}
