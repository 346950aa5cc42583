package org.noisescape.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cli.QuickProgram;

/** The program's sweeps, here and on a cluster of two workers. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SparkSweepTest {
  private static final List<String> TRAININGS =
      List.of(
          "sweep",
          "train",
          "--grid",
          "lr=0.01,1e9",
          "--grid",
          "batch=20,50",
          "--set",
          "dataset=digits:train=200,test=100",
          "--set",
          "model=mlp:10",
          "--set",
          "epochs=2",
          "--seeds",
          "2",
          "--threads",
          "1");

  @TempDir private Path folder;

  @Test
  void theSameTableComesOutHereAndOnSpark() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    run("", with(TRAININGS, "--jobs", "2", "--out", here.toString()));
    Ended spark = run("", with(TRAININGS, "--on", "spark:" + options(), "--out", there.toString()));
    assertThat(spark.text())
        .contains("sweep      train: 4 cells, 2 done, 2 diverged")
        .doesNotContain("WARN", "SLF4J", "log4j", "Jackson");
    assertThat(there.resolve("cells.csv")).hasSameTextualContentAs(here.resolve("cells.csv"));
    assertThat(files(there.resolve("cells"))).isEqualTo(files(here.resolve("cells")));
    assertThat(there.resolve("spark.log")).exists();
  }

  @Test
  void blocksOfAnEnsembleComeTogetherToTheBytesOfOneProcess() throws Exception {
    List<String> experiment =
        List.of(
            "run",
            "mori/first-passage-linear",
            "--set=d=2",
            "--set=samples=300",
            "--set=c=1.2,1.5",
            "--set=data-sets=2",
            "--set=replicas=7",
            "--set=steps=400",
            "--threads=1");
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    run("", with(experiment, "--out", here.toString()));
    String on = "spark:" + options();
    Ended spark = run("", with(experiment, "--blocks=2", "--on", on, "--out", there.toString()));
    assertThat(spark.exit()).as(spark.text()).isZero();
    for (String file : List.of("outcome.json", "tables/first_passage.csv")) {
      assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
    }
  }

  @Test
  void sparkSubmitStartsTheProgramToo() throws Exception {
    Ended ended =
        submit(
            List.of(
                "sweep",
                "train",
                "--grid",
                "lr=0.01",
                "--set",
                "dataset=digits:train=40,test=10",
                "--set",
                "model=mlp:3",
                "--set",
                "batch=10",
                "--set",
                "epochs=1",
                "--on",
                "spark:",
                "--out",
                folder.resolve("sweep").toString()));
    assertThat(ended.text()).contains("sweep      train: 1 cells, 1 done");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void namedDataAreFetchedThereOnceAndFilesThatAreMissingThereAreSaidWithTheHost()
      throws Exception {
    Path mine = Files.createDirectories(folder.resolve("mine/mirrored"));
    Path theirs = folder.resolve("theirs");
    Files.writeString(mine.resolve(MirroredPoints.NAME), MirroredPoints.TEXT);
    Files.writeString(
        mine.resolveSibling("points.csv"),
        "x,y\n1,0\n0,1\n2,0\n0.5,1\n1.5,0\n0.2,1\n1.2,0\n0.1,1\n");
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] bytes = MirroredPoints.archive();
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      Ended ended =
          run(
              mine.getParent().toString(),
              List.of(
                  "sweep",
                  "train",
                  "--grid",
                  "lr=0.01,0.02",
                  "--grid",
                  "dataset=mirrored-points;csv:points.csv,target=y,test=0.5",
                  "--set",
                  "model=mlp:2",
                  "--set",
                  "batch=2",
                  "--set",
                  "epochs=1",
                  "--on",
                  "spark:%s,spark.executorEnv.NOISESCAPE_DATA=%s,spark.executorEnv.%s=%d"
                      .formatted(
                          options(), theirs, MirroredPoints.PORT, server.getAddress().getPort()),
                  "--out",
                  folder.resolve("sweep").toString()));
      assertThat(ended.text()).contains("4 cells, 2 done, 2 failed");
      assertThat(ended.text().lines())
          .filteredOn(line -> line.startsWith("  failed"))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("points.csv").endsWith("(on 127.0.0.1)"));
      assertThat(theirs.resolve("mirrored").resolve(MirroredPoints.NAME + ".gz"))
          .hasBinaryContent(MirroredPoints.archive());
      assertThat(asked).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  /** The standalone master with what tests on the loopback need. */
  private static String options() throws IOException {
    return SparkBed.shared().master() + "," + String.join(",", SparkStart.OPTIONS);
  }

  private static List<String> with(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }

  /** Names of the files of all cells, but for what a process leaves to say that it was there. */
  private static List<String> files(Path cells) throws IOException {
    try (Stream<Path> all = Files.walk(cells)) {
      return all.map(file -> cells.relativize(file).toString())
          .filter(name -> !name.endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  private record Ended(int exit, String text) {}

  private static Ended run(String data, List<String> words) throws Exception {
    JavaCommand quick =
        QuickProgram.command("org.noisescape.cli.Main", String.join(File.pathSeparator, program()));
    List<String> command = new ArrayList<>(quick.words());
    command.addAll(1, SparkBed.flags());
    command.addAll(words);
    return end(command, data);
  }

  /** The same by Spark's own starter, with a jar that names the program's. */
  private Ended submit(List<String> words) throws Exception {
    Path jar = folder.resolve("submit.jar");
    SubmitJar.write(jar, program().stream().map(Path::of).toList());
    List<String> command = new ArrayList<>(List.of(SparkBed.java()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(SparkBed.flags());
    command.addAll(
        List.of(
            "-cp",
            SparkBed.shared().home().resolve("jars") + File.separator + "*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            SparkBed.shared().master()));
    for (String option : SparkStart.OPTIONS) {
      command.addAll(List.of("--conf", option));
    }
    command.addAll(List.of("--class", "org.noisescape.cli.Main", jar.toString()));
    command.addAll(words);
    return end(command, "");
  }

  private static Ended end(List<String> command, String data) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", SparkBed.shared().home().toString());
    builder.environment().remove("NOISESCAPE_DATA");
    if (!data.isEmpty()) {
      builder.environment().put("NOISESCAPE_DATA", data);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // what the launcher filters
    return new Ended(
        process.waitFor(),
        text.replace("WARNING: Using incubator modules: jdk.incubator.vector", ""));
  }

  /** The class path of the program: that of the tests without what Spark alone needs. */
  private static List<String> program() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                !entry.matches(
                    ".*[/\\\\](spark-|scala-|hadoop-|netty-|jersey-|log4j|json4s|avro|hk2|zookeeper|curator|jackson-module-scala|jul-to|jcl-over)[^/\\\\]*\\.jar"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.toList());
  }
}
