package org.noisescape.cells;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a place is told of the cells it is to run.
 *
 * @param folder of all of them, absolute; a place keeps in a folder of its own name there what it
 *     needs to go on after its process was killed
 * @param title of the whole, for queues and pages
 * @param threads CPU threads of a cell
 * @param jobs cells at once, where a number was given
 * @param java starts this program
 * @param script takes the text of what would be submitted; where it is there nothing is submitted
 *     and no cell runs
 */
public record PlaceRequest(
    Path folder,
    String title,
    int threads,
    OptionalInt jobs,
    JavaCommand java,
    Optional<Consumer<String>> script) {}
