package org.noisescape.cells;

import java.nio.file.Path;
import java.util.List;

/**
 * A cell that can be run.
 *
 * @param name of its folder, of letters, digits and {@code . = + _ -}
 * @param title what it is, for people
 * @param folder where its run is kept
 * @param command knows its words
 * @param reported whether it has a report once it is finished
 */
public record CellTask(
    String name, String title, CellFolder folder, Command command, boolean reported) {
  /** The words of a cell. */
  @FunctionalInterface
  public interface Command {
    /**
     * The words after the program's name that run a cell in a folder, or continue it.
     *
     * @param run the run folder, absolute, perhaps of another machine
     * @param begun whether it holds the beginning of the run
     */
    List<String> words(Path run, boolean begun);
  }

  /** A cell that has a report. */
  public CellTask(String name, String title, CellFolder folder, Command command) {
    this(name, title, folder, command, true);
  }

  /** The words that run the cell in its own folder, as that is now. */
  public List<String> words() {
    return command.words(folder.path(), folder.begun());
  }
}
