package org.noisescape.benchmarks.records;

import java.util.List;

/**
 * Where, when and by what numbers were measured.
 *
 * @param machine processor, cores, memory
 * @param system operating system
 * @param java virtual machine
 * @param commit of the sources
 * @param tree {@code clean}, {@code changed} or {@code unknown}
 * @param date of the beginning, UTC
 * @param engine name and description
 * @param threads of ours
 * @param precision of products
 * @param peers name, version and threads of each
 */
public record Setting(
    String machine,
    String system,
    String java,
    String commit,
    String tree,
    String date,
    String engine,
    int threads,
    String precision,
    List<String> peers) {
  /** Copies the list. */
  public Setting {
    peers = List.copyOf(peers);
  }

  /** The same with what was beside us. */
  public Setting withPeers(List<String> names) {
    return new Setting(
        machine, system, java, commit, tree, date, engine, threads, precision, names);
  }

  /** In one sentence. */
  public String text() {
    String beside = peers.isEmpty() ? "" : " Beside us: " + String.join("; ", peers) + ".";
    return "%s; %s; %s; %s; %s, %d threads; %s; commit %s, tree %s.%s"
        .formatted(
            date,
            machine,
            system,
            java,
            engine,
            threads,
            precision,
            commit.substring(0, Math.min(10, commit.length())),
            tree,
            beside);
  }
}
