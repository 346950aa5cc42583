package org.noisescape.cli;

import java.util.OptionalDouble;
import org.noisescape.runs.ProgressListener;

/**
 * A task and how far it is, as a line of some columns or as a sentence.
 *
 * @param task what is done; may be empty
 * @param step steps done
 * @param steps of the whole task, or {@link ProgressListener#UNKNOWN}
 * @param note what else there is to say; may be empty
 * @param seconds since it began
 * @param left seconds to its end, where they are known
 */
record ProgressLine(
    String task, long step, long steps, String note, double seconds, OptionalDouble left) {
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 40;
  private static final String CUT = "…";

  /** Share of the task that is done, 0 where nobody knows. */
  double share() {
    return steps == ProgressListener.UNKNOWN ? 0 : Math.clamp(step / (double) steps, 0, 1);
  }

  /**
   * A line with a bar, where it is known how far the task is, no longer than the columns: first the
   * bar becomes shorter, then the note is cut, then the task.
   */
  String bar(int columns) {
    boolean known = steps != ProgressListener.UNKNOWN;
    String times =
        Durations.clock(seconds)
            + (left.isPresent() ? ", " + Durations.about(left.getAsDouble()) + " left" : "");
    String percent = known ? "%3d %%".formatted((int) (share() * 100)) : "";
    int bar = known ? SHORTEST_BAR + 3 : 0;
    int fixed = percent.length() + bar + times.length() + 2;
    String head = cut(task, Math.max(8, columns - fixed - 2));
    int room = columns - fixed - head.length() - 1;
    String tail = note.isEmpty() ? "" : ", " + note;
    int spare = room - tail.length();
    if (known && spare > 0) {
      bar += Math.min(spare, LONGEST_BAR - SHORTEST_BAR);
    }
    StringBuilder line = new StringBuilder(head);
    if (known) {
      int inside = bar - 3;
      int done = (int) Math.round(share() * inside);
      boolean tip = done > 0 && done < inside;
      line.append(head.isEmpty() ? "" : " ")
          .append(percent)
          .append(" [")
          .append("=".repeat(tip ? done - 1 : done))
          .append(tip ? ">" : "")
          .append(" ".repeat(inside - done))
          .append("]");
    }
    line.append(line.isEmpty() ? "" : " ").append(times);
    line.append(cut(tail, Math.max(0, columns - line.length())));
    return cut(line.toString(), columns);
  }

  /** A line of a log. */
  String sentence() {
    StringBuilder line = new StringBuilder(task.isEmpty() ? "progress" : task);
    line.append(": ");
    if (steps != ProgressListener.UNKNOWN) {
      line.append((int) (share() * 100)).append(" %, ");
    }
    line.append(Durations.clock(seconds));
    left.ifPresent(time -> line.append(", ").append(Durations.about(time)).append(" left"));
    return line.append(note.isEmpty() ? "" : ", ").append(note).toString();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return most < 1 ? "" : text.substring(0, most - 1) + CUT;
  }
}
