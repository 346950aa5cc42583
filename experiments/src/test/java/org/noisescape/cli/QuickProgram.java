package org.noisescape.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.noisescape.cells.JavaCommand;

/**
 * The program under test for processes that compute next to nothing: installed as after a build,
 * with an archive of its classes and without the optimising compiler, it starts in a third of the
 * time.
 *
 * <p>It is made once for a class path, in the module's {@code target}, whichever JVM of tests is
 * the first to want it.
 *
 * @param home the folder it is installed in
 */
public record QuickProgram(Path home) {
  private static final String TARGET = "experiments/target";

  /** What its classes are archived from: a training with its report. */
  private static final List<String> USUAL =
      List.of(
          "train --quiet --dataset digits:train=20,test=10 --model mlp:3 --batch 10 --epochs 1"
              .concat(" --threads 1 --out")
              .split(" "));

  private static final Map<String, QuickProgram> MADE = new HashMap<>();

  /** That of a class path. */
  private static synchronized QuickProgram of(String classPath) {
    return MADE.computeIfAbsent(
        classPath,
        path -> {
          try {
            return find(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  /** That of the tests. */
  private static QuickProgram get() {
    return of(System.getProperty("java.class.path"));
  }

  /** The words that start a class in a process of its own, but for its arguments. */
  public static List<String> words(String main) {
    return command(main).words();
  }

  /** What starts a class in a process of its own, with all the tests have. */
  public static JavaCommand command(String main) {
    return command(main, System.getProperty("java.class.path"));
  }

  /** What starts a class that is on a class path. */
  public static JavaCommand command(String main, String classPath) {
    QuickProgram program = of(classPath);
    List<String> flags = new ArrayList<>(program.flags());
    flags.add("-XX:SharedArchiveFile=" + program.archive());
    return new JavaCommand(java(), flags, program.classPath(), main);
  }

  /** The launcher of this installation. */
  public static Path launcher() {
    return get().home.resolve("noisescape");
  }

  /** What makes commands of the launcher start quickly that compute next to nothing. */
  public static Map<String, String> environment() {
    return environment(options() + " -XX:TieredStopAtLevel=1");
  }

  /** The same for a launcher and options of the JVM. */
  static Map<String, String> environment(String options) {
    return Map.of("JAVA_HOME", System.getProperty("java.home"), "NOISESCAPE_JAVA_OPTS", options);
  }

  /** Options of a JVM of {@link #launcher()} by which it starts quickly and computes as any. */
  static String options() {
    return "-Xlog:cds=off -XX:SharedArchiveFile=" + get().archive();
  }

  private Path archive() {
    return home.resolve(TARGET).resolve("noisescape.jsa");
  }

  private Path jar() {
    return home.resolve(TARGET).resolve("noisescape-experiments.jar");
  }

  private List<String> flags() {
    return List.of(
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }

  private List<String> classPath() {
    try {
      List<String> all = new ArrayList<>(List.of(jar().toString()));
      String list = Files.readString(home.resolve(TARGET).resolve("classpath.txt"));
      all.addAll(List.of(list.split(File.pathSeparator)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static QuickProgram find(String classPath) throws IOException, InterruptedException {
    List<Path> entries =
        Stream.of(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().normalize())
            .filter(Files::exists)
            .toList();
    Path folder = Files.createDirectories(Path.of("target/quick-program").toAbsolutePath());
    QuickProgram program = new QuickProgram(folder.resolve(stamp(entries)));
    // the JVM of tests beside this one wants it too
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = lock.lock()) {
      if (held.isValid() && !Files.exists(program.archive())) {
        try (Stream<Path> others = Files.list(folder)) {
          for (Path other : others.filter(Files::isDirectory).toList()) {
            if (isOld(other)) {
              delete(other);
            }
          }
        }
        program.make(entries);
      }
    }
    return program;
  }

  /** Whether no test of this build can still use it: one of another class path may be at work. */
  private static boolean isOld(Path program) throws IOException {
    Instant made = Files.getLastModifiedTime(program).toInstant();
    return made.isBefore(Instant.now().minus(Duration.ofHours(2)));
  }

  /** Another one for other classes. */
  private static String stamp(List<Path> entries) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(System.getProperty("java.home").getBytes(StandardCharsets.UTF_8));
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted().toList()) {
          BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
          if (about.isRegularFile()) {
            String line = file + " " + about.size() + " " + about.lastModifiedTime();
            sum.update(line.getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    return Long.toHexString(sum.getValue());
  }

  private void make(List<Path> entries) throws IOException, InterruptedException {
    Path target = Files.createDirectories(home.resolve(TARGET));
    pack(Stream.empty(), target, jar());
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Path jar = target.resolve("classes-" + jars.size() + ".jar");
        try (Stream<Path> files = Files.walk(entry)) {
          pack(files.filter(Files::isRegularFile).sorted(), entry, jar);
        }
        jars.add(jar.toString());
      } else {
        jars.add(entry.toString());
      }
    }
    Files.writeString(target.resolve("classpath.txt"), String.join(File.pathSeparator, jars));
    Files.copy(
        Path.of("..", "noisescape"),
        home.resolve("noisescape"),
        StandardCopyOption.COPY_ATTRIBUTES);
    List<String> flags = new ArrayList<>(flags());
    Path unfinished = target.resolve("unfinished.jsa");
    flags.add("-XX:ArchiveClassesAtExit=" + unfinished);
    List<String> words =
        new ArrayList<>(
            new JavaCommand(java(), flags, classPath(), "org.noisescape.cli.Main").words());
    words.addAll(USUAL);
    words.add(home.resolve("run").toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = process.inputReader().readAllAsString();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + said);
    }
    Files.move(unfinished, archive());
  }

  private static void pack(Stream<Path> files, Path folder, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry("META-INF/"));
      for (Path file : files.toList()) {
        String name = folder.relativize(file).toString();
        zip.putNextEntry(new ZipEntry(name.replace(File.separatorChar, '/')));
        Files.copy(file, zip);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
