package org.noisescape.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.noisescape.files.Printable;

/**
 * A stream of text that may hold what others chose, such as names of files: characters that would
 * drive a terminal are shown as escapes. Bytes, and the raw stream within, pass as they are.
 */
final class PlainStream extends PrintStream {
  /** What is drawn in the last line of the terminal that a stream writes to. */
  interface Drawn {
    /** Something else is written now: it must find an empty line. */
    void makeRoom();

    /** Nothing is to be drawn any more. */
    void cease();
  }

  private static final Drawn NOTHING =
      new Drawn() {
        @Override
        public void makeRoom() {
          // nothing is there
        }

        @Override
        public void cease() {
          // nothing is there
        }
      };

  private final PrintStream raw;
  private volatile Drawn drawn = NOTHING;

  private PlainStream(PrintStream raw) {
    super(raw, true, raw.charset());
    this.raw = raw;
  }

  /** A stream like another one. */
  static PrintStream of(PrintStream stream) {
    return stream instanceof PlainStream ? stream : new PlainStream(stream);
  }

  /** The stream within, for progress bars, which move the cursor. */
  static PrintStream raw(PrintStream stream) {
    return stream instanceof PlainStream plain ? plain.raw : stream;
  }

  /** Has what is drawn through the stream within make room for what is printed here. */
  static void above(PrintStream stream, Drawn drawn) {
    if (stream instanceof PlainStream plain) {
      plain.drawn = drawn;
    }
  }

  /** Has what is drawn through the stream within end. */
  static void clear(PrintStream stream) {
    if (stream instanceof PlainStream plain) {
      plain.drawn.cease();
    }
  }

  @Override
  public void print(String text) {
    drawn.makeRoom();
    super.print(plain(text));
  }

  @Override
  public void println(String text) {
    drawn.makeRoom();
    super.println(plain(text));
  }

  @Override
  public void println(Object object) {
    println(String.valueOf(object));
  }

  @Override
  public PrintStream append(CharSequence text) {
    print(String.valueOf(text));
    return this;
  }

  @Override
  public PrintStream format(String format, Object... arguments) {
    print(String.format(Locale.ROOT, format, arguments));
    return this;
  }

  @Override
  public PrintStream printf(String format, Object... arguments) {
    return format(format, arguments);
  }

  @Override
  public boolean checkError() {
    return super.checkError() | raw.checkError();
  }

  private static String plain(String text) {
    if (text == null) {
      return "null";
    }
    return Printable.lines(text);
  }
}
