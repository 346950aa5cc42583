package org.noisescape.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Measured;

/**
 * Training steps beside PyTorch: in every round our steps are timed and then PyTorch's, with one
 * thread and with all, and for images in both memory layouts; the ratio is to the fastest of them
 * in that round.
 *
 * <p>Arguments: rounds, threads, Python interpreter, folder of torch_peer.py, then models.
 */
public final class StepBenchmark {
  private static final int WARM_UP = 3;

  private StepBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    Path script = Path.of(arguments[3], "torch_peer.py");
    List<String> models = List.of(arguments).subList(4, arguments.length);
    List<TorchPeer> peers = new ArrayList<>();
    TorchPeer.start(arguments[2], script, 1).ifPresent(peers::add);
    if (threads > 1) {
      TorchPeer.start(arguments[2], script, threads).ifPresent(peers::add);
    }
    try (Engine engine = Engines.open("host", threads)) {
      System.out.println(engine.description());
      for (Workload workload : Workload.ALL) {
        if (models.isEmpty() || models.contains(workload.model())) {
          compare(engine, workload, rounds, peers);
        }
      }
    }
    peers.forEach(TorchPeer::close);
  }

  private static void compare(Engine engine, Workload workload, int rounds, List<TorchPeer> peers) {
    Spread ours = new Spread();
    Spread ratio = new Spread();
    Spread allocated = new Spread();
    Map<String, Spread> theirs = new java.util.LinkedHashMap<>();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] state = {0, 0};
    TrainingEvent.Listener listener =
        event -> {
          if (event instanceof Measured measured && measured.measurements().get(0).step() > 0) {
            double step = measured.measurements().get(0).values().get("step_time_s") * 1e3;
            long bytes = threads.getCurrentThreadAllocatedBytes() - state[1];
            if (state[0]++ >= WARM_UP) {
              ours.add(step);
              allocated.add((double) bytes / workload.steps());
              double best = Double.POSITIVE_INFINITY;
              for (TorchPeer peer : peers) {
                for (String model : variants(workload.model())) {
                  double time = peer.milliseconds(model, workload.steps());
                  String name = peer.name() + (model.contains("/") ? ", channels-last" : "");
                  theirs.computeIfAbsent(name, n -> new Spread()).add(time);
                  best = Math.min(best, time);
                }
              }
              ratio.add(step / best);
            }
            state[1] = threads.getCurrentThreadAllocatedBytes();
          }
        };
    Probe clock = (theta, views) -> List.of(new java.util.LinkedHashMap<>(Map.of()));
    Interval never = new Interval(1e12, Interval.Unit.STEPS);
    try (Trainer trainer =
        new Trainer(
            engine,
            workload.plan(rounds + WARM_UP),
            workload,
            null,
            List.of(
                new Probe.Scheduled(
                    site -> clock, new Interval(workload.steps(), Interval.Unit.STEPS))),
            never,
            listener)) {
      trainer.run();
    }
    System.out.printf(
        "%n%s, batch %d, %d rounds of %d steps%n",
        workload.model(), workload.batch(), rounds, workload.steps());
    System.out.printf("  noisescape                          %s ms%n", ours.text("%.4g"));
    theirs.forEach(
        (name, spread) -> System.out.printf("  %-35s %s ms%n", name, spread.text("%.4g")));
    if (!theirs.isEmpty()) {
      System.out.printf("  ratio to the fastest of each round  %s%n", ratio.text("%.2f"));
    }
    System.out.printf("  heap allocated a step               %s bytes%n", allocated.text("%.0f"));
  }

  private static List<String> variants(String model) {
    return model.endsWith("-cnn") ? List.of(model, model + "/channels-last") : List.of(model);
  }
}
