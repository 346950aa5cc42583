package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where data sets are looked for, in this order: the folder named on the command line, the one of
 * the environment, the user's cache.
 *
 * @param explicit the folder of {@code --data-dir}
 * @param environment the folder of {@value #VARIABLE}
 * @param cache the user's cache folder
 * @param offline whether fetching is forbidden
 * @param reading hears how what is read from there is coming on
 */
public record DataLocation(
    Optional<Path> explicit,
    Optional<Path> environment,
    Path cache,
    boolean offline,
    ReadingProgress reading) {
  /** The environment variable that names a data folder. */
  public static final String VARIABLE = "NOISESCAPE_DATA";

  /** Read in silence. */
  public DataLocation(
      Optional<Path> explicit, Optional<Path> environment, Path cache, boolean offline) {
    this(explicit, environment, cache, offline, ReadingProgress.SILENT);
  }

  /**
   * The location of a command line and an environment, online.
   *
   * <p>The cache is {@code $XDG_CACHE_HOME/noisescape} (where that is absolute, as the XDG base
   * directory specification asks), else {@code $HOME/.cache/noisescape}, else {@code
   * .cache/noisescape} of the working directory.
   *
   * @param explicit the folder of {@code --data-dir}
   * @param env the environment variables
   */
  public static DataLocation of(Optional<Path> explicit, Map<String, String> env) {
    Optional<Path> xdg = path(env, "XDG_CACHE_HOME").filter(Path::isAbsolute);
    Path home = path(env, "HOME").or(() -> path(env, "USERPROFILE")).orElse(Path.of(""));
    Path cache = xdg.orElse(home.resolve(".cache")).resolve("noisescape");
    return new DataLocation(explicit, path(env, VARIABLE), cache, false);
  }

  /** The same folders, with fetching forbidden or allowed. */
  public DataLocation withOffline(boolean forbidden) {
    return new DataLocation(explicit, environment, cache, forbidden, reading);
  }

  /** The same folders; this hears how reading is coming on. */
  public DataLocation heardBy(ReadingProgress listener) {
    return new DataLocation(explicit, environment, cache, offline, listener);
  }

  /** The folders to look in, first to last, each once. */
  public List<Path> searchFolders() {
    List<Path> folders = new ArrayList<>();
    explicit.ifPresent(folders::add);
    environment.ifPresent(folders::add);
    folders.add(cache);
    return folders.stream().distinct().toList();
  }

  /** The folder that a fetch writes to: the first of {@link #searchFolders()}. */
  public Path fetchFolder() {
    return searchFolders().getFirst();
  }

  private static Optional<Path> path(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank()).map(Path::of);
  }
}
