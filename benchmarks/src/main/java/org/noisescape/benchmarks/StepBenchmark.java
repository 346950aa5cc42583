package org.noisescape.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingSetup;

/**
 * Training steps beside PyTorch: in every round our steps are timed and then PyTorch's; the ratio
 * is to the fastest of them in that round.
 *
 * <p>PyTorch on the CPU: with one thread and with all, on one mini-batch. PyTorch on a GPU: eager
 * and as a CUDA graph of the whole step, with mini-batches drawn and gathered on the device as ours
 * are. For images in both memory layouts. Our time ends when the mean loss of the steps was read.
 *
 * <p>Arguments: rounds, threads, Python interpreter, folder of torch_peer.py, then models, each
 * with an optimizer of torch_peer.py behind a slash where it is not SGD: {@code mlp:100,100/adam}.
 */
public final class StepBenchmark {
  private static final int WARM_UP = 3;

  private StepBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    List<String> models = List.of(arguments).subList(4, arguments.length);
    List<TorchPeer> peers = TorchPeer.start(arguments[2], Path.of(arguments[3]), threads);
    try (Engine engine = BenchmarkEngine.open(threads)) {
      System.out.println(BenchmarkEngine.line(engine));
      for (String model : models.isEmpty() ? Workload.models() : models) {
        String[] parts = model.split("/", 2);
        String optimizer = parts.length == 1 ? "sgd" : parts[1];
        compare(engine, Workload.of(parts[0]).scaled(), optimizer, rounds, peers);
      }
    }
    peers.forEach(TorchPeer::close);
  }

  private static void compare(
      Engine engine, Workload workload, String optimizer, int rounds, List<TorchPeer> peers) {
    Spread ours = new Spread();
    Spread allocated = new Spread();
    PeerTimes theirs = new PeerTimes(peers);
    Map<String, Double> ways = workload.steps(optimizer, TorchPeer.onDevice());
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
              theirs.round(step, ways, workload.steps());
            }
            state[1] = threads.getCurrentThreadAllocatedBytes();
          }
        };
    Probe clock = (theta, views) -> List.of(new java.util.LinkedHashMap<>(Map.of()));
    Interval never = new Interval(1e12, Interval.Unit.STEPS);
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(workload.plan(optimizer, rounds + WARM_UP), workload)
                .withProbes(
                    List.of(
                        new Probe.Scheduled(
                            site -> clock, new Interval(workload.steps(), Interval.Unit.STEPS))))
                .withCheckpoints(never)
                .withListener(listener))) {
      trainer.run();
    }
    System.out.printf(
        "%n%s, %s, batch %d, %d rounds of %d steps%n",
        workload.model(), optimizer, workload.batch(), rounds, workload.steps());
    System.out.printf("  %-55s %s ms%n", "noisescape " + engine.name(), ours.text("%.4g"));
    theirs.print(1, "ms");
    System.out.printf("  %-55s %s bytes%n", "heap allocated a step", allocated.text("%.0f"));
  }
}
