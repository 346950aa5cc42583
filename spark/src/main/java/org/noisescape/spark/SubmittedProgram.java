package org.noisescape.spark;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.files.InputFile;

/**
 * What starts this program where {@code spark-submit} started it: its class path is then Spark's,
 * and the program's jars are those of a loader, or are named by the manifest of the one that was
 * submitted.
 */
final class SubmittedProgram {
  /** What the launcher gives the JVM. */
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private SubmittedProgram() {}

  /** The request with the command that starts the program, wherever this one was started. */
  static PlaceRequest of(PlaceRequest request) {
    return CellTask.class.getClassLoader() instanceof URLClassLoader loader
        ? of(request, jars(loader.getURLs()))
        : request;
  }

  private static PlaceRequest of(PlaceRequest request, List<String> jars) {
    JavaCommand java = request.java();
    return new PlaceRequest(
        request.folder(),
        request.title(),
        request.threads(),
        request.jobs(),
        new JavaCommand(java.java(), FLAGS, jars, java.main()),
        request.script());
  }

  /** Jars and folders of a loader, with those that manifests of its jars name. */
  static List<String> jars(URL... urls) {
    List<String> jars = new ArrayList<>();
    for (URL url : urls) {
      Path path = Path.of(URI.create(url.toString()));
      jars.add(path.toAbsolutePath().toString());
      if (!Files.isRegularFile(path)) {
        continue;
      }
      try (JarFile jar = new JarFile(path.toFile())) {
        String named =
            Optional.ofNullable(jar.getManifest())
                .map(Manifest::getMainAttributes)
                .map(main -> main.getValue(Attributes.Name.CLASS_PATH))
                .orElse("");
        for (String one : named.split(" ", -1)) {
          if (!one.isBlank()) {
            jars.add(new File(path.toUri().resolve(one)).toString());
          }
        }
      } catch (IOException e) {
        throw InputFile.unreadable(path, e);
      }
    }
    return jars;
  }
}
