package org.noisescape.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.benchmarks.peers.Peer;
import org.noisescape.benchmarks.peers.PeerAnswer;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.LibraryRatio;
import org.noisescape.benchmarks.records.PeerRow;
import org.noisescape.benchmarks.records.Spread;

/** One piece of work in interleaved rounds: ours, then every way of every peer. */
final class Contest {
  private final BenchSession session;

  /** What a peer's turn may take, but for a single repetition, once its time is known. */
  private static final double LONGEST_TURN_MS = 400;

  /** A way that has taken longer in all is asked no more: its n is smaller. */
  private static final double WHOLE_MS = 8_000;

  private final String table;
  private final String name;
  private final TimeUnit unit;
  private final ObjectNode workload;
  private final List<Way> ways;
  private final Spread ours = new Spread();
  private final Map<String, Double> found = new TreeMap<>();
  private final Map<String, Theirs> theirs = new LinkedHashMap<>();
  private final Map<String, Turns> asked = new HashMap<>();
  private final Map<String, Spread> fastest = new LinkedHashMap<>();

  /** A unit of times. */
  enum TimeUnit {
    /** Seconds. */
    SECONDS("s", 1e-3),
    /** Milliseconds. */
    MILLISECONDS("ms", 1),
    /** Microseconds. */
    MICROSECONDS("µs", 1e3);

    private final String text;
    private final double perMillisecond;

    TimeUnit(String text, double perMillisecond) {
      this.text = text;
      this.perMillisecond = perMillisecond;
    }

    /** Of a training step: microseconds where it is short. */
    static TimeUnit of(Workload workload) {
      return workload.model().equals("mlp:10") ? MICROSECONDS : MILLISECONDS;
    }
  }

  /**
   * How often a way of a peer does its work in a turn, few times at first, and what its turns took.
   */
  private static final class Turns {
    private int repetitions;
    private double spent;

    Turns(int repetitions) {
      this.repetitions = repetitions;
    }

    void took(double milliseconds, int usual) {
      spent += milliseconds * repetitions;
      repetitions = (int) Math.clamp(LONGEST_TURN_MS / milliseconds, 1, usual);
    }
  }

  /** One way of one peer. */
  private record Theirs(
      String library, String way, Spread time, Spread ratio, Map<String, Double> found) {}

  /**
   * Nothing is measured yet.
   *
   * @param table heading of the row
   * @param name of the row
   * @param workload what peers are told of the work
   * @param ways of peers; those that TORCH_WAYS does not name are left out
   */
  Contest(
      BenchSession session,
      String table,
      String name,
      TimeUnit unit,
      ObjectNode workload,
      List<Way> ways) {
    this.session = session;
    this.table = table;
    this.name = name;
    this.unit = unit;
    this.workload = workload;
    this.ways =
        ways.stream().filter(way -> session.settings().ways().matcher(way.work()).find()).toList();
  }

  /** Numbers we computed. */
  void found(Map<String, Double> numbers) {
    found.putAll(numbers);
  }

  /**
   * A round: our time was taken just now, the peers' are taken here.
   *
   * @param milliseconds ours
   */
  void round(double milliseconds) {
    ours.add(milliseconds * unit.perMillisecond);
    Map<String, Double> best = new LinkedHashMap<>();
    for (Peer peer : session.peers()) {
      for (Way way : ways) {
        ObjectNode request = workload.deepCopy();
        Turns turns =
            asked.computeIfAbsent(
                peer.setting() + " " + peer.library() + " " + way.work(),
                key -> new Turns(Math.max(1, way.repetitions() / 20)));
        if (turns.spent > WHOLE_MS) {
          continue;
        }
        request.put("work", way.work()).put("repetitions", turns.repetitions);
        peer.ask(request)
            .ifPresent(
                one -> {
                  turns.took(one.milliseconds(), way.repetitions());
                  theirs(peer, way, one, milliseconds, best);
                });
      }
    }
    best.forEach(
        (library, time) ->
            fastest.computeIfAbsent(library, key -> new Spread()).add(milliseconds / time));
  }

  private void theirs(
      Peer peer, Way way, PeerAnswer answer, double mine, Map<String, Double> best) {
    double time = answer.milliseconds() / way.divisor();
    String key = answer.library() + " " + peer.setting() + " " + way.work();
    Theirs one =
        theirs.computeIfAbsent(
            key,
            all ->
                new Theirs(
                    answer.library(),
                    peer.setting() + ", " + way.work(),
                    new Spread(),
                    new Spread(),
                    new TreeMap<>()));
    one.time().add(time * unit.perMillisecond);
    one.ratio().add(mine / time);
    one.found().putAll(answer.found());
    best.merge(answer.library(), time, Math::min);
  }

  /** Ends the contest: the row is printed and kept, the peers forget the work. */
  void end() {
    List<PeerRow> peers = new ArrayList<>();
    theirs
        .values()
        .forEach(
            one ->
                peers.add(
                    new PeerRow(
                        one.library(),
                        one.way(),
                        one.time().count(),
                        one.time().range(),
                        one.ratio().range(),
                        one.found())));
    List<LibraryRatio> ratios = new ArrayList<>();
    fastest.forEach((library, ratio) -> ratios.add(new LibraryRatio(library, ratio.range())));
    session.add(
        new BenchmarkRow(table, name, unit.text, ours.count(), ours.range(), found, peers, ratios));
    session.peers().forEach(Peer::forget);
  }
}
