package org.noisescape.experiments.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.files.WrongFile;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * The file of an ensemble: its state and what was kept of its snapshots. A function of the
 * ensemble: of equal ones the same, byte for byte, once they are complete.
 *
 * @param path of the file
 * @param part what it belongs to
 * @param schedule how long it runs
 * @param plan of a block of replicas: numbers of the whole ensemble's plan, then the first replica
 *     and how many; empty where it is whole
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record EnsembleFile(Path path, StagePart part, EnsembleSchedule schedule, double[] plan) {
  private static final String PLAN = "plan";

  /** Sums over arrays come out differently on other machines. */
  private static final double ROUNDING = 1e-9;

  /** What a file holds. */
  record Content(ReplicaState state, List<double[]> snapshots, boolean done) {}

  /** Of a whole ensemble. */
  EnsembleFile(Path path, StagePart part, EnsembleSchedule schedule) {
    this(path, part, schedule, new double[0]);
  }

  private static final String DONE = "done";
  private static final String STEP = "step";
  private static final String SNAPSHOTS = "snapshots";

  /**
   * The end of an ensemble all of whose replicas are at rest is where the last one came to rest,
   * not where that was noticed, which depends on how fast it went.
   */
  static ReplicaState settled(ReplicaState state) {
    int thresholds = state.thresholds();
    long last = 0;
    for (int r = 0; r < state.replicas(); r++) {
      long passage = thresholds == 0 ? ReplicaState.NONE : state.passage(r, thresholds - 1);
      if (passage == ReplicaState.NONE) {
        return state;
      }
      last = Math.max(last, passage);
    }
    return new ReplicaState(last, state.theta(), state.rules(), state.passages(), state.values());
  }

  void write(ReplicaState state, List<double[]> snapshots, boolean done) throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    tensors.add(vector("theta", state.theta()));
    for (int j = 0; j < state.rules().size(); j++) {
      tensors.add(vector("rule." + j, state.rules().get(j)));
    }
    tensors.add(vector("passages", Arrays.stream(state.passages()).asDoubleStream().toArray()));
    tensors.add(vector("values", state.values()));
    int width = snapshots.isEmpty() ? 0 : snapshots.getFirst().length;
    double[] kept = new double[snapshots.size() * width];
    for (int i = 0; i < snapshots.size(); i++) {
      System.arraycopy(snapshots.get(i), 0, kept, i * width, width);
    }
    tensors.add(
        StoredTensor.of(SNAPSHOTS, ElementType.F64, new long[] {snapshots.size(), width}, kept));
    if (plan.length > 0) {
      tensors.add(vector(PLAN, plan));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(STEP, Long.toString(state.step()));
    metadata.put(DONE, Boolean.toString(done));
    part.putInto(metadata);
    Safetensors.of(metadata, tensors).write(path);
  }

  /**
   * Reads the file.
   *
   * @throws WrongFile where it is of another part, or of a state that cannot be
   */
  Content read() {
    Safetensors stored = Safetensors.read(path);
    part.require(path, stored.metadata());
    if (!isOfThePlan(stored)) {
      throw new WrongFile(
          path,
          "is of other replicas or another plan; move it away, or choose another folder with --out");
    }
    return content(stored);
  }

  /** The same, empty where there is no such file or it is of another plan. */
  Optional<Content> readIfOfThePlan() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Safetensors stored = Safetensors.read(path);
    part.require(path, stored.metadata());
    return isOfThePlan(stored) ? Optional.of(content(stored)) : Optional.empty();
  }

  private Content content(Safetensors stored) {
    long step = step(stored);
    boolean done = "true".equals(stored.metadata().get(DONE));
    if (!done && !"false".equals(stored.metadata().get(DONE))) {
      throw new WrongFile(path, "__metadata__ 'done' must be true or false");
    }
    List<double[]> rules = new ArrayList<>();
    for (int j = 0; stored.tensors().containsKey("rule." + j); j++) {
      rules.add(values(stored, "rule." + j));
    }
    long[] passages = passages(values(stored, "passages"), step);
    ReplicaState state =
        new ReplicaState(step, values(stored, "theta"), rules, passages, values(stored, "values"));
    List<double[]> snapshots = new ArrayList<>();
    takeSnapshots(stored, step, snapshots);
    return new Content(state, snapshots, done);
  }

  /**
   * Puts a program and the snapshots to where the file says.
   *
   * @return whether the ensemble is complete
   * @throws WrongFile where the file is of another part, or of a state that cannot be
   */
  boolean restore(ReplicaProgram program, List<double[]> snapshots) {
    Content content = read();
    snapshots.addAll(content.snapshots());
    try {
      program.restore(content.state());
    } catch (IllegalArgumentException e) {
      throw new WrongFile(path, e.getMessage(), e);
    }
    return content.done();
  }

  private boolean isOfThePlan(Safetensors stored) {
    double[] other = stored.tensors().containsKey(PLAN) ? values(stored, PLAN) : new double[0];
    boolean same = other.length == plan.length;
    for (int i = 0; same && i < plan.length; i++) {
      double largest = Math.max(Math.abs(plan[i]), Math.abs(other[i]));
      same =
          Double.compare(plan[i], other[i]) == 0
              || Math.abs(plan[i] - other[i]) <= ROUNDING * largest;
    }
    return same;
  }

  private long step(Safetensors stored) {
    String text = stored.metadata().getOrDefault(STEP, "none");
    WrongFile wrong =
        new WrongFile(
            path,
            "step must be a whole number from 0 to %d, got %s".formatted(schedule.steps(), text));
    try {
      long step = Long.parseLong(text);
      if (step >= 0 && step <= schedule.steps()) {
        return step;
      }
    } catch (NumberFormatException e) {
      wrong.addSuppressed(e);
    }
    throw wrong;
  }

  private long[] passages(double[] stored, long step) {
    long[] passages = new long[stored.length];
    for (int i = 0; i < stored.length; i++) {
      passages[i] = (long) stored[i];
      if (passages[i] != stored[i] || passages[i] < ReplicaState.NONE || passages[i] > step) {
        throw new WrongFile(
            path,
            "a first passage must be a step from 0 to %d, or -1, got %s"
                .formatted(step, stored[i]));
      }
    }
    return passages;
  }

  private void takeSnapshots(Safetensors stored, long step, List<double[]> snapshots) {
    double[] kept = values(stored, SNAPSHOTS);
    long[] shape = stored.tensors().get(SNAPSHOTS).shape();
    long every = schedule.snapshotEvery();
    // a block of steps may end at a snapshot that the last replica did not live to see
    long most = every == 0 ? 0 : schedule.steps() / every + 1;
    long least = every == 0 ? 0 : step / every + 1;
    if (shape.length != 2 || shape[0] < least || shape[0] > most) {
      throw new WrongFile(
          path,
          "it must hold %d to %d snapshots, got shape %s"
              .formatted(least, most, Arrays.toString(shape)));
    }
    int count = (int) shape[0];
    for (int i = 0; i < count; i++) {
      int width = kept.length / count;
      snapshots.add(Arrays.copyOfRange(kept, i * width, (i + 1) * width));
    }
  }

  private double[] values(Safetensors stored, String name) {
    StoredTensor tensor = stored.tensors().get(name);
    if (tensor == null || tensor.type() != ElementType.F64) {
      throw new WrongFile(
          path,
          "it must hold F64 values of '%s' (there: %s)"
              .formatted(name, String.join(", ", stored.tensors().keySet())));
    }
    return tensor.toDoubles();
  }

  private static StoredTensor vector(String name, double... values) {
    return StoredTensor.of(name, ElementType.F64, new long[] {values.length}, values);
  }
}
