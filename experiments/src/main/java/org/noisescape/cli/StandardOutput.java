package org.noisescape.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.noisescape.files.FileErrors;

/**
 * Standard output that remembers how it failed, which streams for printing keep to themselves.
 *
 * <p>A reader that has seen enough, such as {@code head}, closes the pipe: that is no failure.
 */
final class StandardOutput extends OutputStream {
  private static final String CLOSED_PIPE = "Broken pipe";

  /** Set by the launcher where standard output is closed. */
  static final String STATE = "NOISESCAPE_OUTPUT";

  private static final OutputStream LOST =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("it is closed; give it a file, or /dev/null");
        }
      };

  private final OutputStream target;
  private IOException failure;

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  /** That of this process; what goes to a closed one is lost, and no file gets its number. */
  static StandardOutput ofProcess(Map<String, String> environment) {
    return new StandardOutput(
        "closed".equals(environment.get(STATE)) ? LOST : new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /**
   * The exit code of a command that wrote to this.
   *
   * @param code its own
   * @param err told of what is lost
   */
  int judged(int code, PrintStream err) {
    if (failure == null || CLOSED_PIPE.equals(failure.getMessage())) {
      return code;
    }
    err.println("error: cannot write to standard output: " + FileErrors.reason(failure));
    return code == CommandRunner.FINE ? CommandRunner.FAILED : code;
  }
}
