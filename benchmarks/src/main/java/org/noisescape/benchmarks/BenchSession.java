package org.noisescape.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noisescape.benchmarks.peers.Peer;
import org.noisescape.benchmarks.records.BenchmarkRecord;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.MachineFacts;
import org.noisescape.benchmarks.records.ScalingCurve;
import org.noisescape.benchmarks.records.Setting;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;

/** One run of one kind of benchmark: its engine, its peers and the rows found so far. */
final class BenchSession implements AutoCloseable {
  private final String kind;
  private final BenchSettings settings;
  private final Engine engine;
  private final List<Peer> peers;
  private final Setting setting;
  private final List<BenchmarkRow> rows = new ArrayList<>();
  private final List<ScalingCurve> curves = new ArrayList<>();

  /**
   * Opens the engine and starts peers.
   *
   * @param kind of benchmark
   * @param peers names of peers that know its work
   */
  BenchSession(String kind, BenchSettings settings, List<String> peers) {
    this.kind = kind;
    this.settings = settings;
    this.engine = open(settings.threads());
    this.setting =
        MachineFacts.setting(
            engine, settings.threads(), settings.precision().label(), settings.home());
    System.out.println(setting.text());
    this.peers = PeerStart.of(settings, peers);
  }

  BenchSettings settings() {
    return settings;
  }

  Engine engine() {
    return engine;
  }

  List<Peer> peers() {
    return peers;
  }

  /** Another engine of the same name; the caller closes it. */
  Engine open(int threads) {
    return Engines.open(settings.engine(), new EngineOptions(threads, settings.precision()));
  }

  /** Prints and keeps a row, and writes the record anew: what ends early leaves what it found. */
  void add(BenchmarkRow row) {
    System.out.print(row.text());
    rows.add(row);
    settings.results().ifPresent(this::write);
  }

  /** The same with a curve. */
  void add(ScalingCurve curve) {
    System.out.print(curve.text());
    curves.add(curve);
    settings.results().ifPresent(this::write);
  }

  private void write(Path folder) {
    List<String> names =
        peers.stream().map(peer -> peer.library() + ", " + peer.setting()).distinct().toList();
    try {
      Files.createDirectories(folder);
      new BenchmarkRecord(kind, setting.withPeers(names), rows, curves).write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows found so far. */
  List<BenchmarkRow> rows() {
    return List.copyOf(rows);
  }

  /** The curves found so far. */
  List<ScalingCurve> curves() {
    return List.copyOf(curves);
  }

  /** Runs work and waits until the device has done it; returns milliseconds. */
  double milliseconds(Runnable work) {
    engine.synchronize();
    long begin = System.nanoTime();
    work.run();
    engine.synchronize();
    return (System.nanoTime() - begin) * 1e-6;
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
    engine.close();
  }
}
