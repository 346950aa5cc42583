package org.noisescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The launcher in a folder of its own, as after a build, with the classes under test. */
final class InstalledLauncher {
  private InstalledLauncher() {}

  /** Installs it; returns the launcher. */
  static Path in(Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("experiments/target"));
    try (JarOutputStream jar =
        new JarOutputStream(
            Files.newOutputStream(target.resolve("noisescape-experiments.jar")), new Manifest())) {
      jar.flush();
    }
    Files.writeString(target.resolve("classpath.txt"), System.getProperty("java.class.path"));
    Path source = Path.of("..", "noisescape");
    return Files.copy(source, folder.resolve("noisescape"), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
