package org.noisescape.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.files.WholeFile;
import org.noisescape.runs.RunFailure;

/**
 * Runs cells on Spark, loaded beside the program.
 *
 * @param master of Spark
 * @param options of its configuration
 * @param home where it comes from
 * @param module jar or folder of classes of this module
 * @param request of the cells
 */
record SparkRunner(
    String master, Map<String, String> options, SparkHome home, Path module, PlaceRequest request)
    implements CellRunner {
  /** What Spark warns of. */
  static final String LOG = "spark.log";

  private static final String FOLDER = "spark";
  private static final String CELLS = "org.noisescape.spark.driver.SparkCells";
  private static final String EXECUTOR = "org/noisescape/spark/executor";

  @Override
  public void run(List<CellTask> tasks, CellWatch watch) throws IOException {
    MasterAddress.require(master);
    Path folder = WholeFile.folder(request.folder().resolve(FOLDER));
    WholeFile.write(folder.resolve("log4j2.properties"), logging(request.folder().resolve(LOG)));
    Path jar = executorJar(folder);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Spark's threads go on with the loader after this call, which therefore is never closed
    ClassLoader loader = new SparkLoader(urls(folder), SparkRunner.class.getClassLoader());
    thread.setContextClassLoader(loader);
    try {
      cells(loader, folder, jar).run(tasks, watch);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private CellRunner cells(ClassLoader loader, Path folder, Path jar) {
    try {
      return (CellRunner)
          loader
              .loadClass(CELLS)
              .getConstructor(String.class, Map.class, PlaceRequest.class, Path.class, Path.class)
              .newInstance(master, options, request, folder, jar);
    } catch (ReflectiveOperationException e) {
      throw new RunFailure("Spark cannot be loaded: " + e, e);
    }
  }

  private URL[] urls(Path folder) throws MalformedURLException {
    List<Path> places = new ArrayList<>();
    // first, for its log4j2.properties
    places.add(folder);
    places.addAll(home.settings());
    places.add(module);
    places.addAll(home.jars());
    List<URL> urls = new ArrayList<>();
    for (Path place : places) {
      urls.add(place.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** Spark's warnings go into a file, and nothing to the terminal. */
  private static String logging(Path file) {
    return """
        status = off
        shutdownHook = disable
        appender.file.type = File
        appender.file.name = file
        appender.file.fileName = %s
        appender.file.layout.type = PatternLayout
        appender.file.layout.pattern = %%d{yyyy-MM-dd HH:mm:ss} %%p %%c{1}: %%m%%n%%ex
        rootLogger.level = warn
        rootLogger.appenderRef.file.ref = file
        """
        .formatted(file.toString().replace("\\", "\\\\"));
  }

  /** The jar that executors load: this module, or where it is a folder, their part of it. */
  private Path executorJar(Path folder) throws IOException {
    if (Files.isRegularFile(module)) {
      return module;
    }
    Path jar = folder.resolve("executor.jar");
    Path classes = module.resolve(EXECUTOR);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.list(classes)) {
      for (Path one : all.sorted().toList()) {
        out.putNextEntry(new JarEntry(EXECUTOR + "/" + one.getFileName()));
        Files.copy(one, out);
      }
    }
    return jar;
  }
}
