package org.noisescape.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A PyTorch process that times training steps on request. */
final class TorchPeer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final String version;
  private final int threads;

  private TorchPeer(Process process, int threads) throws IOException {
    this.process = process;
    this.threads = threads;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    String greeting = answers.readLine();
    if (greeting == null) {
      throw new IOException("the Python process ended: is torch installed for it?");
    }
    this.version = greeting.substring("ready ".length());
  }

  /**
   * Starts a peer.
   *
   * @param python interpreter with torch
   * @param script torch_peer.py
   * @param threads threads of PyTorch and of its OpenBLAS
   */
  static Optional<TorchPeer> start(String python, Path script, int threads) {
    ProcessBuilder builder = new ProcessBuilder(python, script.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // the settings under which PyTorch was fastest here: its two thread pools must not fight
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("GOMP_SPINCOUNT", "10000");
    builder.environment().put("OPENBLAS_THREAD_TIMEOUT", "4");
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    try {
      return Optional.of(new TorchPeer(builder.start(), threads));
    } catch (IOException e) {
      System.err.println("no PyTorch beside: " + e.getMessage());
      return Optional.empty();
    }
  }

  String name() {
    return "PyTorch " + version + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  /** Milliseconds a step. */
  double milliseconds(String model, int steps) {
    requests.println("step " + model + " " + steps);
    try {
      return Double.parseDouble(answers.readLine());
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
