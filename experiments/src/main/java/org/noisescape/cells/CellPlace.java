package org.noisescape.cells;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.noisescape.registry.NearestName;

/**
 * Where cells can run beside this machine: {@code --on NAME:OPTIONS}. Found by {@link
 * ServiceLoader}.
 */
public interface CellPlace {
  /** NAME. */
  String name();

  /**
   * What runs cells there.
   *
   * @param options what was written after the name and a colon; may be empty
   * @throws IllegalArgumentException in one line where they are wrong
   */
  CellRunner runner(String options, PlaceRequest request);

  /**
   * Whether cells of a folder may still run there, begun by a process that is gone.
   *
   * @param folder of all cells
   * @return what runs them, in a few words
   */
  default Optional<String> unfinished(Path folder) {
    return Optional.empty();
  }

  /** All places. */
  static List<CellPlace> all() {
    return ServiceLoader.load(CellPlace.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /**
   * What runs cells at a place.
   *
   * @param place {@code NAME} or {@code NAME:OPTIONS}
   */
  static CellRunner find(String place, PlaceRequest request) {
    int colon = place.indexOf(':');
    String name = colon < 0 ? place : place.substring(0, colon);
    List<CellPlace> all = all();
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .map(one -> one.runner(colon < 0 ? "" : place.substring(colon + 1), request))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    NearestName.unknown(
                        "place of cells", name, all.stream().map(CellPlace::name).toList())));
  }
}
