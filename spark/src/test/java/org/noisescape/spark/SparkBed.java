package org.noisescape.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noisescape.spark.executor.FolderFiles;

/**
 * A standalone cluster of Spark on this machine: a master and workers as processes from the build's
 * libraries, on ports of the loopback that were free.
 */
final class SparkBed implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED =
      Pattern.compile("(Successfully registered) with master");

  private static SparkBed shared;

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private String master = "";

  private SparkBed(Path folder) {
    this.folder = folder;
  }

  /**
   * That of all tests of this process: two workers of one core, which have a device each, 3 and 5.
   */
  static synchronized SparkBed shared() throws IOException {
    if (shared == null) {
      Path folder = Files.createTempDirectory("noisescape-spark-");
      SparkBed bed = start(folder, List.of(device(folder, 3), device(folder, 5)));
      shared = bed;
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    bed.close();
                    try {
                      FolderFiles.remove(folder);
                    } catch (IOException e) {
                      System.err.println(e);
                    }
                  }));
    }
    return shared;
  }

  /** A worker that has a device of that number. */
  private static List<String> device(Path folder, int number) throws IOException {
    Path script = folder.resolve("device-" + number);
    Files.writeString(
        script,
        "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"%d\"]}'\n".formatted(number));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return List.of(
        "-Dspark.worker.resource.gpu.amount=1",
        "-Dspark.worker.resource.gpu.discoveryScript=" + script);
  }

  /**
   * Starts one with workers of one core; returns when they have registered.
   *
   * @param folder for everything
   * @param options of the worker of each number, as properties of Spark
   */
  static SparkBed start(Path folder, List<List<String>> options) throws IOException {
    SparkBed bed = new SparkBed(folder);
    try {
      bed.makeHome();
      bed.master =
          bed.start(
              "master",
              STARTED,
              List.of("-Dspark.master.rest.enabled=false"),
              List.of(
                  "org.apache.spark.deploy.master.Master",
                  "--host",
                  "127.0.0.1",
                  "--port",
                  "0",
                  "--webui-port",
                  "0"));
      for (int i = 0; i < options.size(); i++) {
        bed.start(
            "worker-" + i,
            REGISTERED,
            options.get(i),
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("worker-" + i).toString(),
                bed.master));
      }
      return bed;
    } catch (IOException | RuntimeException e) {
      bed.close();
      throw e;
    }
  }

  /** {@code spark://HOST:PORT}. */
  String master() {
    return master;
  }

  /** A folder that is enough of a distribution for Spark. */
  Path home() {
    return folder.resolve("home");
  }

  /** The build's libraries of Spark. */
  static List<Path> libraries() {
    try {
      String list = Files.readString(SparkPlace.module().resolveSibling("classpath.txt")).strip();
      return Stream.of(list.split(File.pathSeparator)).map(Path::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeHome() throws IOException {
    Path jars = Files.createDirectories(home().resolve("jars"));
    for (Path library : libraries()) {
      Files.createSymbolicLink(jars.resolve(library.getFileName()), library);
    }
    Files.writeString(home().resolve("RELEASE"), "Spark of the build\n");
  }

  private String start(String name, Pattern ready, List<String> options, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags());
    command.addAll(options);
    command.addAll(List.of("-cp", home().resolve("jars") + File.separator + "*"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    Process process = builder.start();
    processes.add(process);
    CompletableFuture<String> found = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name(name).start(() -> read(process, ready, found));
    return found.join();
  }

  /** Reads what a process writes, to its end, so that it never waits for a reader. */
  private static void read(Process process, Pattern ready, CompletableFuture<String> found) {
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.append(line).append('\n');
        Matcher matcher = ready.matcher(line);
        if (matcher.find()) {
          found.complete(matcher.group(1));
        }
      }
    } catch (IOException e) {
      all.append(e);
    }
    found.completeExceptionally(new IOException("a process of Spark ended: " + all));
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What Spark wants of a JVM. */
  static List<String> flags() {
    List<String> flags =
        new ArrayList<>(
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    for (String name :
        List.of(
            "java.lang",
            "java.lang.invoke",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "sun.nio.ch")) {
      flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    return flags;
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (Process process : processes) {
      process.onExit().join();
    }
  }
}
