package org.noisescape.optim;

import org.noisescape.registry.Named;

/** A schedule that users can name; found by ServiceLoader. */
public interface ScheduleProvider extends Named {
  /**
   * The schedule.
   *
   * @param specification as users wrote it: the name, with what follows after a colon
   * @throws IllegalArgumentException in one line where the arguments make no sense
   */
  Schedule schedule(String specification);
}
