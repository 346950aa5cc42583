package org.noisescape.cuda.bind;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folders where CUDA libraries may lie.
 *
 * <p>In this order: the system property {@value #PROPERTY} or else the environment variable {@value
 * #VARIABLE}, LD_LIBRARY_PATH, the CUDA toolkit (CUDA_HOME, CUDA_PATH, /usr/local/cuda*), the
 * driver's and the system's folders, and the wheels of Python environments (nvidia/…/lib).
 */
public final class LibraryFinder {
  /** System property: folders, separated as on a path. */
  public static final String PROPERTY = "noisescape.cuda.path";

  /** Environment variable: folders, separated as on a path. */
  public static final String VARIABLE = "NOISESCAPE_CUDA_PATH";

  private static final String[] SYSTEM = {
    "/usr/local/nvidia/lib64",
    "/usr/local/nvidia/lib",
    "/usr/lib/wsl/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/run/opengl-driver/lib"
  };

  private final List<Path> folders;

  private LibraryFinder(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** Looks in these folders only. */
  public static LibraryFinder in(List<Path> folders) {
    return new LibraryFinder(folders);
  }

  /** The folders of this machine that exist. */
  public static LibraryFinder ofThisMachine() {
    Set<Path> found = new LinkedHashSet<>();
    String property = System.getProperty(PROPERTY, "");
    addPath(found, property.isBlank() ? System.getenv(VARIABLE) : property);
    addPath(found, System.getenv("LD_LIBRARY_PATH"));
    for (String variable : new String[] {"CUDA_HOME", "CUDA_PATH"}) {
      String home = System.getenv(variable);
      if (home != null && !home.isBlank()) {
        add(found, Path.of(home, "lib64"));
      }
    }
    add(found, Path.of("/usr/local/cuda/lib64"));
    addMatching(found, Path.of("/usr/local"), "cuda-*", "lib64");
    for (String folder : SYSTEM) {
      add(found, Path.of(folder));
    }
    for (Path environment : pythonEnvironments()) {
      for (Path python : list(environment.resolve("lib"), "python3*")) {
        for (String packages : new String[] {"site-packages", "dist-packages"}) {
          addMatching(found, python.resolve(packages).resolve("nvidia"), "*", "lib");
        }
      }
    }
    String conda = System.getenv("CONDA_PREFIX");
    if (conda != null && !conda.isBlank()) {
      add(found, Path.of(conda, "lib"));
    }
    return new LibraryFinder(List.copyOf(found));
  }

  /**
   * The first file of one of these names, an earlier name in any folder before a later name.
   *
   * @param names file names, the preferred one first
   */
  public Optional<Path> find(List<String> names) {
    for (String name : names) {
      for (Path folder : folders) {
        Path file = folder.resolve(name);
        if (Files.isReadable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** One line that says what was looked for where. */
  public String missing(List<String> names) {
    return "%s not found in %s (set %s to its folder)"
        .formatted(
            String.join(" or ", names),
            folders.isEmpty() ? "any folder" : folders.toString(),
            VARIABLE);
  }

  /** Files in the folder of a file whose names match a pattern. */
  static List<Path> beside(Path file, String pattern) {
    return list(file.toAbsolutePath().getParent(), pattern);
  }

  private static List<Path> pythonEnvironments() {
    List<Path> environments = new ArrayList<>();
    for (String variable : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
      String home = System.getenv(variable);
      if (home != null && !home.isBlank()) {
        environments.add(Path.of(home));
      }
    }
    environments.add(Path.of(".venv"));
    environments.add(Path.of(System.getProperty("user.home"), ".local"));
    environments.add(Path.of("/usr/local"));
    environments.add(Path.of("/usr"));
    for (Path folder : list(Path.of("/opt"), "*")) {
      environments.add(folder);
      environments.add(folder.resolve(".venv"));
      environments.add(folder.resolve("venv"));
    }
    return environments;
  }

  private static void addPath(Set<Path> found, String path) {
    if (path != null) {
      for (String folder : path.split(File.pathSeparator)) {
        if (!folder.isBlank()) {
          add(found, Path.of(folder));
        }
      }
    }
  }

  private static void addMatching(Set<Path> found, Path parent, String pattern, String child) {
    for (Path folder : list(parent, pattern)) {
      add(found, folder.resolve(child));
    }
  }

  private static void add(Set<Path> found, Path folder) {
    if (Files.isDirectory(folder)) {
      found.add(folder.toAbsolutePath().normalize());
    }
  }

  /** Folders that match, the last name first, so that a newer version comes before an older one. */
  private static List<Path> list(Path parent, String pattern) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, pattern)) {
        stream.forEach(folders::add);
      } catch (IOException e) {
        return List.of(); // a folder that may not be read holds nothing for us
      }
    }
    folders.sort(java.util.Comparator.reverseOrder());
    return folders;
  }
}
