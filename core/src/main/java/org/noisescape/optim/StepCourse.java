package org.noisescape.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * The numbers of rules that change over a run, in tensors, so that a recorded step sees them
 * change.
 *
 * <p>They are functions of the step alone. What has not changed is not written again.
 */
final class StepCourse {
  /** Gives the numbers of a step. */
  interface Values {
    void at(StepValues now, double[] into);
  }

  private final Arena arena;
  private final int replicas;
  private final List<Varying> all = new ArrayList<>();
  private Map<String, Schedule> schedules = Map.of();
  private long step;
  private double epoch;

  /** Of the run; until it is known, one, so that schedules have the values they begin with. */
  private double epochs = 1;

  StepCourse(Arena arena, int replicas) {
    this.arena = arena;
    this.replicas = replicas;
  }

  /** Whose parameters are asked for from now on: the schedules they have, by parameter. */
  void schedules(Map<String, Schedule> ofRule) {
    schedules = ofRule;
  }

  Tensor varying(Tensor tensor, int columns, Values values) {
    Varying varying = new Varying(tensor, columns, values, schedules);
    all.add(varying);
    arena.onCommit(varying::write);
    return tensor;
  }

  /** Whether a step finds its numbers already written. */
  boolean restsAt(long atStep, double atEpoch, double ofEpochs) {
    look(atStep, atEpoch, ofEpochs);
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isWritten()) {
        return false;
      }
    }
    return true;
  }

  private void look(long atStep, double atEpoch, double ofEpochs) {
    step = atStep;
    epoch = atEpoch;
    epochs = ofEpochs;
  }

  void moveTo(long toStep, double toEpoch, double ofEpochs) {
    look(toStep, toEpoch, ofEpochs);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).write();
    }
  }

  /** One tensor (R, columns), every row alike. */
  private final class Varying implements StepValues {
    private final Tensor tensor;
    private final Values values;
    private final Map<String, Schedule> own;
    private final double[] row;
    private final double[] rows;
    private boolean written;

    Varying(Tensor tensor, int columns, Values values, Map<String, Schedule> own) {
      this.tensor = tensor;
      this.values = values;
      this.own = own;
      this.row = new double[columns];
      this.rows = new double[replicas * columns];
    }

    /** Finds the present numbers; whether they are those in memory. */
    boolean isWritten() {
      Arrays.fill(row, 0);
      values.at(this, row);
      boolean same = written;
      for (int i = 0; same && i < row.length; i++) {
        same = row[i] == rows[i];
      }
      return same;
    }

    void write() {
      if (isWritten()) {
        return;
      }
      assert Finite.all("numbers of an update rule", row);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row[i % row.length];
      }
      arena.engine().memory().write(tensor, rows);
      written = true;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public double of(String parameter, double value) {
      Schedule schedule = own.get(parameter);
      return schedule == null ? value : value * schedule.factor(epoch, epochs);
    }
  }
}
