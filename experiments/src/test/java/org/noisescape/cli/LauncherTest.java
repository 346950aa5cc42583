package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in odd surroundings. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LauncherTest {
  private static final List<String> WORDS =
      List.of(
          "train",
          "--dataset",
          "digits:train=20,test=10",
          "--model",
          "linear",
          "--batch",
          "5",
          "--epochs",
          "2",
          "--threads",
          "1",
          "--keep-checkpoints");

  @TempDir Path folder;

  /** What a process printed, both streams, and its exit code. */
  private record Ended(int code, String text) {}

  @Test
  void neitherLocaleNorStrangersVariablesNorAnEmptyPathChangeAByte() throws Exception {
    Path launcher = QuickProgram.launcher();
    List<String> words = new ArrayList<>(WORDS);
    words.addAll(List.of("--out", folder.resolve("usual").toString()));
    assertThat(CapturedRun.of(words.toArray(String[]::new)).code()).isZero();

    Map<String, String> odd =
        Map.of(
            "LC_ALL", "C",
            "NOISESCAPE_JAVA_OPTS",
                "-Duser.language=ar -Dnote='a \"b' \"-Dmore=*\" -XX:TieredStopAtLevel=1 "
                    + QuickProgram.options(),
            "NOISESCAPE_STDERR_FD", "3",
            "NOISESCAPE_CELL", "1",
            "TMPDIR", "/nowhere");
    // the folder's name is made by the shell, since this JVM may not know such names
    String script =
        """
        name=$(printf 'w\\303\\266')
        mkdir "$name" && cd "$name" || exit 9
        PATH='' "$0" "$@" --out "$name"
        code=$?
        cd .. && mv "$name/$name" odd
        exit $code
        """;
    List<String> shell = new ArrayList<>(List.of("-c", script, launcher.toString()));
    shell.addAll(WORDS);
    Ended ended = run(folder, odd, Path.of("/bin/sh"), shell.toArray(String[]::new));

    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("run             w\u00f6\n").doesNotContain("incubator");
    Map<String, String> files = contents(folder.resolve("odd"));
    assertThat(files).containsKey("checkpoints/step-000000004.safetensors");
    assertThat(files).isEqualTo(contents(folder.resolve("usual")));
  }

  @Test
  void lightCommandsLeaveDescriptorsAlone() throws Exception {
    Path launcher = QuickProgram.launcher();
    Ended ended = run(folder, Map.of("NOISESCAPE_STDERR_FD", "3"), launcher, "list", "probes");
    assertThat(ended.code()).isZero();
    assertThat(ended.text()).startsWith("loss ");
  }

  @Test
  void whatCannotWorkIsOneLine() throws Exception {
    Path colon = InstalledLauncher.in(Files.createDirectories(folder.resolve("a:b")));
    refused(run(folder, Map.of(), colon, "list"), "a:b: Java takes a colon for the end of");
    Path launcher = InstalledLauncher.in(folder);
    refused(
        run(folder, Map.of("NOISESCAPE_JAVA_OPTS", "-Dx='a b"), launcher, "list"),
        "NOISESCAPE_JAVA_OPTS: a quote is not closed in -Dx='a b");
    refused(
        run(folder, Map.of("NOISESCAPE_CLASSPATH", folder + ":none.jar"), launcher, "list"),
        "NOISESCAPE_CLASSPATH: no such jar or folder: 'none.jar'");
  }

  @ParameterizedTest
  @CsvSource({
    "onnx, ONNX, model onnx:none.onnx",
    "dl4j, DL4J, probe none.zip",
    "spark, Spark, sweep --on spark:none"
  })
  void aModuleIsBuiltWhenACommandFirstNamesIt(String module, String called, String line)
      throws Exception {
    Path launcher = InstalledLauncher.in(folder);
    Map<String, String> path = maven(module);
    String[] words = line.split(" ", -1);
    Ended first = run(folder, path, launcher, words);
    assertThat(first.text())
        .contains("noisescape: building the module for " + called + " on first use")
        .containsPattern("asked .* package -pl " + module + " -am\n");
    Ended second = run(folder, path, launcher, words);
    assertThat(second.text()).doesNotContain("asked").startsWith("error: ");
  }

  @Test
  void noModuleIsBuiltForACommandThatNamesNone() throws Exception {
    Path launcher = InstalledLauncher.in(folder);
    Map<String, String> path = maven("none");
    Ended plain = run(folder, path, launcher, "list", "formats");
    assertThat(plain.text()).isNotEmpty().doesNotContain("asked");
    Ended data = run(folder, path, launcher, "train", "--dataset", "none:pictures.zip");
    assertThat(data.text()).startsWith("error: ").doesNotContain("asked");
  }

  /** What finds a Maven that makes a module in its place. */
  private Map<String, String> maven(String module) throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path maven = tools.resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        echo "asked $*"
        mkdir -p MODULE/target
        cp experiments/target/noisescape-experiments.jar MODULE/target/noisescape-MODULE.jar
        printf 'library.jar' >MODULE/target/classpath.txt
        """
            .replace("MODULE", module));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return Map.of(
        "PATH",
        tools + ":" + System.getenv("PATH"),
        "NOISESCAPE_JAVA_OPTS",
        "-XX:TieredStopAtLevel=1");
  }

  private static void refused(Ended ended, String expected) {
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.text().lines()).hasSize(1);
    assertThat(ended.text()).startsWith("error: ").contains(expected);
  }

  /** Names and bytes of what a run holds but for times. */
  private static Map<String, String> contents(Path run) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (name.equals("metrics.jsonl") || name.startsWith("checkpoints/")) {
          contents.put(name, text.replaceAll(",\"(step|wall)_time_s\":[^,}]*", ""));
        } else {
          contents.put(name, "");
        }
      }
    }
    return contents;
  }

  private static Ended run(
      Path at, Map<String, String> environment, Path launcher, String... arguments)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(launcher.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(at.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
