package org.noisescape.experiments.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
record EnsembleFile(Path path, StagePart part, EnsembleSchedule schedule) {
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
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(STEP, Long.toString(state.step()));
    metadata.put(DONE, Boolean.toString(done));
    part.putInto(metadata);
    Safetensors.of(metadata, tensors).write(path);
  }

  /**
   * Puts a program and the snapshots to where the file says.
   *
   * @return whether the ensemble is complete
   * @throws WrongFile where the file is of another part, or of a state that cannot be
   */
  boolean restore(ReplicaProgram program, List<double[]> snapshots) {
    Safetensors stored = Safetensors.read(path);
    part.require(path, stored.metadata());
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
    takeSnapshots(stored, step, snapshots);
    try {
      program.restore(state);
    } catch (IllegalArgumentException e) {
      throw new WrongFile(path, e.getMessage(), e);
    }
    return done;
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
