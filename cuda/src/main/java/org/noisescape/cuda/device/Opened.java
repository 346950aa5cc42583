package org.noisescape.cuda.device;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device has opened; the last is closed first. */
final class Opened {
  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<Runnable> closing = new ArrayDeque<>();

  /** Registers what closes something that was just opened. */
  void closeWith(Runnable action) {
    closing.push(action);
  }

  /** Closes everything. */
  void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  /** Closes what a device that is lost, or was never whole, still lets go. */
  void closeWhatCan() {
    while (!closing.isEmpty()) {
      whereItStillCan(closing.pop());
    }
  }

  /** After an error the driver may refuse everything; the process's end gives the memory back. */
  static void whereItStillCan(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.debug("a lost device keeps something: {}", e.getMessage());
    }
  }
}
