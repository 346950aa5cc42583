package org.noisescape.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.noisescape.tensor.Precision;

/**
 * A PyTorch process that times work on request.
 *
 * <p>On the device of the environment variable TORCH_DEVICE, {@code cpu} (default) or {@code cuda};
 * whether its products round to TF32 is set as ours are. Of its ways to do a piece of work those
 * are taken in whose names the regular expression TORCH_WAYS is found, by default all.
 */
final class TorchPeer implements AutoCloseable {
  private static final String DEVICE = System.getenv().getOrDefault("TORCH_DEVICE", "cpu");

  private static final Pattern WAYS =
      Pattern.compile(System.getenv().getOrDefault("TORCH_WAYS", ""));

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final String name;
  private final Set<String> failed = new HashSet<>();

  private TorchPeer(Process process, String setting) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    String greeting = answers.readLine();
    if (greeting == null) {
      throw new IOException("the Python process ended: is torch installed for it?");
    }
    this.name = "PyTorch " + greeting.substring("ready ".length()) + ", " + setting;
  }

  /** Whether PyTorch computes on a GPU. */
  static boolean onDevice() {
    return !DEVICE.equals("cpu");
  }

  /**
   * Starts a process on a GPU, or on the CPU one with a single thread and one with all.
   *
   * @param python interpreter with torch
   * @param folder of torch_peer.py
   * @param threads threads of PyTorch and of its OpenBLAS
   */
  static List<TorchPeer> start(String python, Path folder, int threads) {
    List<TorchPeer> peers = new ArrayList<>();
    for (int count : onDevice() || threads == 1 ? new int[] {threads} : new int[] {1, threads}) {
      try {
        peers.add(one(python, folder.resolve("torch_peer.py"), count));
      } catch (IOException e) {
        System.err.println("no PyTorch beside: " + e.getMessage());
      }
    }
    return peers;
  }

  private static TorchPeer one(String python, Path script, int threads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(python, script.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // the settings under which PyTorch was fastest here: its two thread pools must not fight
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("GOMP_SPINCOUNT", "10000");
    builder.environment().put("OPENBLAS_THREAD_TIMEOUT", "4");
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    boolean tf32 = BenchmarkEngine.precision() == Precision.TF32;
    builder.environment().put("TORCH_TF32", tf32 ? "1" : "0");
    String setting = threads + (threads == 1 ? " thread" : " threads");
    return new TorchPeer(builder.start(), onDevice() ? DEVICE : setting);
  }

  /** Version and setting. */
  String name() {
    return name;
  }

  /**
   * Milliseconds of one call of a piece of work, the device waited for; nothing where it is not
   * asked for, and where PyTorch cannot do it, which is said once.
   *
   * @param work model and variants, for example {@code meng-cnn/drawn/graph}
   */
  OptionalDouble milliseconds(String work, int repetitions) {
    if (failed.contains(work) || !WAYS.matcher(work).find()) {
      return OptionalDouble.empty();
    }
    requests.println("time " + work + " " + repetitions);
    try {
      String answer = answers.readLine();
      if (answer != null && !answer.startsWith("failed ")) {
        return OptionalDouble.of(Double.parseDouble(answer));
      }
      failed.add(work);
      System.out.printf(
          "  %s cannot do %s: %s%n", name, work, answer == null ? "it ended" : answer.substring(7));
      return OptionalDouble.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    requests.close();
    process.destroy();
  }
}
