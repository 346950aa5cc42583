package org.noisescape.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.benchmarks.peers.Dl4jPeer;
import org.noisescape.benchmarks.peers.LibtorchPeer;
import org.noisescape.benchmarks.peers.Peer;
import org.noisescape.tensor.Precision;

/** Starts the peers that are asked for; one that cannot be had is said to be missing. */
final class PeerStart {
  private final BenchSettings settings;
  private final List<Peer> started = new ArrayList<>();

  private PeerStart(BenchSettings settings) {
    this.settings = settings;
  }

  /**
   * Peers with one thread and with all, or PyTorch alone on its device.
   *
   * @param names of those that know the work
   */
  static List<Peer> of(BenchSettings settings, List<String> names) {
    PeerStart start = new PeerStart(settings);
    for (String name : names) {
      if (settings.peers().contains(name)) {
        start.all(name);
      }
    }
    return start.started;
  }

  private void all(String name) {
    if (name.equals(BenchSettings.PYTORCH)) {
      Path script = settings.home().resolve("src/main/python/torch_peer.py");
      settings.pythons().forEach(python -> start(List.of(python, script.toString())));
    } else if (!settings.onDevice()) {
      Class<?> peer = name.equals(BenchSettings.LIBTORCH) ? LibtorchPeer.class : Dl4jPeer.class;
      start(jvm(peer.getName()));
    }
  }

  private void start(List<String> command) {
    int most = settings.threads();
    for (int threads : settings.onDevice() || most == 1 ? new int[] {most} : new int[] {1, most}) {
      String words = threads == 1 ? "1 thread" : threads + " threads";
      String setting = settings.onDevice() ? settings.device() : words;
      try {
        started.add(Peer.start(command, setting, environment(threads)));
      } catch (IOException e) {
        System.err.printf(
            "not beside us, %s: %s%n", String.join(" ", shown(command)), e.getMessage());
        return;
      }
    }
  }

  /** Without class path. */
  private static List<String> shown(List<String> command) {
    return List.of(command.getFirst(), command.getLast());
  }

  /** A JVM as ours, on another class. */
  private List<String> jvm(String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    // libraries lie in the jars: nothing is fetched, nothing is reported
    command.add("-Dai.djl.offline=true");
    command.add("-DOPT_OUT_TRACKING=true");
    command.add("-DDJL_CACHE_DIR=" + settings.home().resolve("target/djl"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    return command;
  }

  /** The settings under which PyTorch was fastest here: its two thread pools must not fight. */
  private Map<String, String> environment(int threads) {
    String count = Integer.toString(threads);
    Map<String, String> all = new TreeMap<>();
    all.put("OMP_NUM_THREADS", count);
    all.put("OPENBLAS_NUM_THREADS", count);
    // the working tree stays as it is
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    all.put("GOMP_SPINCOUNT", "10000");
    all.put("OPENBLAS_THREAD_TIMEOUT", "4");
    all.put("OPENBLAS_CORETYPE", "");
    all.put("OPENBLAS_L2_SIZE", "");
    all.put("TORCH_DEVICE", settings.device());
    all.put("TORCH_TF32", settings.precision() == Precision.TF32 ? "1" : "0");
    return all;
  }
}
