package org.noisescape.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.noisescape.cells.CellProcess;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.LocalRunner;
import org.noisescape.runs.RunDirectory;
import org.noisescape.sweep.Cell;
import org.noisescape.sweep.CellSubject;
import org.noisescape.sweep.Grid;
import org.noisescape.sweep.Seeds;
import org.noisescape.sweep.Sweep;
import org.noisescape.sweep.SweepFolder;
import org.noisescape.sweep.SweepRequest;

/** A sweep in a process of its own whose cells begin, say so, and then wait for its end. */
final class WaitingCell {
  private WaitingCell() {}

  static SweepRequest request() {
    return new SweepRequest(
        "waiting",
        "quick",
        Grid.parse(List.of("lr=1,2")),
        Map.of(),
        "",
        1,
        1,
        Seeds.CELLS,
        "auto",
        "float32",
        1);
  }

  /** Arguments: {@code sweep}, folder, port; or, of a cell, its folder, port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("sweep")) {
      sweep(Path.of(arguments[1]), arguments[2]);
      return;
    }
    ParentWatch.begin(System.getenv(), System.in, () -> System.exit(CommandRunner.INTERRUPTED));
    try (RunDirectory directory = RunDirectory.create(Path.of(arguments[0]));
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]))) {
      OutputStream out = socket.getOutputStream();
      out.write((directory.path().getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      new CountDownLatch(1).await();
    }
  }

  /** Cells whose words are their folder and a port. */
  static CellSubject subject(String port) {
    return new CellSubject() {
      @Override
      public void requireOwn(Cell cell, Path folder) {}

      @Override
      public void check(List<Cell> cells) {}

      @Override
      public boolean usesEngine() {
        return true;
      }

      @Override
      public List<String> commandLine(Cell cell, Path run, boolean begun) {
        return List.of(run.toString(), port);
      }
    };
  }

  private static void sweep(Path folder, String port) {
    CellRunner runner =
        new LocalRunner(new CellProcess(JavaCommand.like(WaitingCell.class.getName())), 1);
    SweepFolder.hold(
        folder,
        request(),
        List.of(),
        held -> new Sweep(held, subject(port), runner).run((result, left) -> {}, () -> false));
  }
}
