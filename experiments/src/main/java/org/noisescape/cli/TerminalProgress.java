package org.noisescape.cli;

import java.io.PrintStream;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.noisescape.files.Printable;

/**
 * A progress bar in the last line of a terminal, and lines above it.
 *
 * <p>A thread of its own draws it {@value #DRAWN} times a second at most, also while the task says
 * nothing, so that the time goes on.
 */
final class TerminalProgress extends TaskProgress implements PlainStream.Drawn {
  /** Columns where nobody says how many there are. */
  private static final int COLUMNS = 80;

  private static final int DRAWN = 5;
  private static final long MILLIS = 1000 / DRAWN;

  private final PrintStream terminal;
  private final IntSupplier width;
  private int drawn;
  private boolean ceased;
  private Thread painter;

  /**
   * A bar.
   *
   * @param terminal takes raw characters
   * @param width columns of the terminal, asked anew for each line
   */
  TerminalProgress(PrintStream terminal, LogEvery every, DoubleSupplier clock, IntSupplier width) {
    super(every, clock);
    this.terminal = terminal;
    this.width = width;
  }

  /** The bar of this process's terminal. */
  static TerminalProgress of(Console console, LogEvery every) {
    TerminalProgress progress =
        new TerminalProgress(
            PlainStream.raw(console.err()),
            every,
            TaskProgress::seconds,
            () -> Posix.columns().orElse(COLUMNS));
    // results come to the same terminal, as a rule
    PlainStream.above(console.err(), progress);
    PlainStream.above(console.out(), progress);
    return progress;
  }

  @Override
  int columns() {
    // the last column would move the cursor to the next line
    return width.getAsInt() - 1;
  }

  @Override
  void line(String text) {
    erase();
    terminal.println(Printable.lines(text));
    terminal.flush();
  }

  @Override
  void changed() {
    if (painter == null) {
      painter = Thread.ofPlatform().daemon().name("progress").start(this::paint);
    }
  }

  /** Draws what is under way; called by the painter, and by tests. */
  synchronized void draw() {
    if (isOpen() && !ceased) {
      String bar = Printable.text(present().bar(columns()));
      terminal.print("\r" + bar + " ".repeat(Math.max(0, drawn - bar.length())));
      terminal.flush();
      drawn = bar.length();
    }
  }

  private void paint() {
    while (painting()) {
      draw();
    }
  }

  private synchronized boolean painting() {
    try {
      wait(MILLIS);
    } catch (InterruptedException e) {
      painter = null;
      return false;
    }
    if (!isOpen()) {
      painter = null;
    }
    return painter != null;
  }

  @Override
  void ended() {
    erase();
    notifyAll();
  }

  @Override
  public synchronized void makeRoom() {
    erase();
  }

  @Override
  public synchronized void cease() {
    erase();
    ceased = true;
  }

  private void erase() {
    if (drawn > 0) {
      terminal.print("\r" + " ".repeat(drawn) + "\r");
      drawn = 0;
    }
  }
}
