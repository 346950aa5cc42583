package org.noisescape.cells;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;

/**
 * Looks whether a slot's device can be opened, in a process of its own.
 *
 * @param java starts this class
 * @param engine name
 * @param precision label
 */
public record EngineCheck(JavaCommand java, String engine, String precision)
    implements LocalRunner.Health {
  /** After that long a device hangs. */
  private static final int PATIENCE_SECONDS = 120;

  private static final String ERROR = "error: ";

  /** For an engine. */
  public EngineCheck(String engine, String precision) {
    this(JavaCommand.like(EngineCheck.class.getName()), engine, precision);
  }

  /** Arguments: engine, precision. */
  public static void main(String[] arguments) {
    Precision precision = Precision.parse(arguments[1]);
    try {
      Engines.open(arguments[0], new EngineOptions(1, precision)).close();
      System.exit(0);
    } catch (RuntimeException | LinkageError e) {
      System.out.println(ERROR + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      System.exit(1);
    }
  }

  @Override
  public String complaint(CellSlot slot) {
    if (slot.environment().isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>(java.words());
    words.addAll(List.of(engine, precision));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(slot.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return "";
      }
      return said.lines()
          .filter(line -> line.startsWith(ERROR))
          .reduce((before, last) -> last)
          .map(line -> line.substring(ERROR.length()))
          .orElse("the engine does not open there");
    } catch (IOException e) {
      // the machine is in trouble, not the device
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
