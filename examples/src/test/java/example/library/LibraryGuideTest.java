package example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md stand there as they are, and do what it says. */
class LibraryGuideTest {
  private static final Path PROGRAMS = Path.of("library").toAbsolutePath();
  private static final Path PAGE = Path.of("..", "docs", "library.md");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  /** What of a small program is mostly its start takes no optimising compiler. */
  private static final List<String> START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** The project's code without its tests, as a user has it. */
  private static final String CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
          .filter(entry -> Files.exists(Path.of(entry)))
          .reduce((a, b) -> a + File.pathSeparator + b)
          .orElseThrow();

  private static final Pattern MODULES =
      Pattern.compile(
          "/(core|datasets)/target/|/bytedeco/|/fasterxml/jackson/core/|/hipparchus-core|/slf4j-|/commons-(compress|csv|io|codec|lang3)/");

  @TempDir private static Path folder;

  private static final Map<String, List<String>> OUTPUT = new LinkedHashMap<>();

  private static List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @BeforeAll
  static void compileAndRunAll() throws IOException, InterruptedException {
    List<Path> programs = programs();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "-Xlint:all,-incubating,-classfile,-path,-options,-restricted",
                "-Werror",
                "-proc:none",
                "-cp",
                CLASS_PATH,
                "-d",
                folder.toString()));
    programs.forEach(program -> arguments.add(program.toString()));
    arguments.add("src/test/java/example/library/RunPrograms.java");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).as("javac").isZero();
    List<String> command = new ArrayList<>(List.of(java("java")));
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, folder + "", CLASS_PATH));
    command.add(RunPrograms.class.getName());
    programs.forEach(program -> command.add(name(program)));
    String last = "";
    for (String line : run(command, "")) {
      if (line.startsWith(RunPrograms.MARK)) {
        last = line.substring(RunPrograms.MARK.length());
        OUTPUT.put(last, new ArrayList<>());
      } else if (!last.isEmpty()) {
        OUTPUT.get(last).add(line);
      }
    }
  }

  private static String name(Path program) {
    return program.getFileName().toString().replace(".java", "");
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static List<String> run(List<String> command, String input)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.getOutputStream().close();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  private static List<Double> numbers(String line) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(line);
    while (matcher.find()) {
      numbers.add(Double.parseDouble(matcher.group()));
    }
    return numbers;
  }

  private static double only(String program, int line) {
    return numbers(OUTPUT.get(program).get(line)).getFirst();
  }

  @Test
  void everyProgramStandsOnThePageAsItIs() throws IOException {
    String page = Files.readString(PAGE);
    List<Path> programs = programs();
    assertThat(programs).hasSize(7);
    for (Path program : programs) {
      assertThat(page).contains("```java\n" + Files.readString(program) + "```");
      assertThat(page).contains("examples/library/" + program.getFileName());
    }
  }

  @Test
  void theVersionsOfThePagesAreThisOne() throws IOException {
    Matcher parent =
        Pattern.compile("<artifactId>noisescape</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(parent.find()).isTrue();
    for (String name : List.of("library.md", "dl4j.md")) {
      String page = Files.readString(PAGE.resolveSibling(name));
      Matcher own =
          Pattern.compile("<artifactId>noisescape-[^<]*</artifactId>\\s*<version>([^<]+)<")
              .matcher(page);
      assertThat(own.results().map(found -> found.group(1)))
          .as(name)
          .isNotEmpty()
          .containsOnly(parent.group(1));
    }
  }

  @Test
  void allTogetherTakesHalfOfWhatItTook() throws IOException {
    List<String> lines = Files.readAllLines(PROGRAMS.resolve("AllTogether.java"));
    assertThat(lines).hasSizeLessThanOrEqualTo(111);
    assertThat(lines.stream().filter(line -> line.startsWith("import "))).hasSizeLessThan(26);
    List<String> output = OUTPUT.get("AllTogether");
    assertThat(output.get(1)).contains("norm=", "noise_strength=", "test_accuracy=");
    assertThat(output.get(output.size() - 2)).contains("converged=true");
    assertThat(output.getLast()).isEqualTo("the same");
  }

  @Test
  void aTrainingIsMeasuredWithErrors() {
    List<String> output = OUTPUT.get("TrainAndMeasure");
    assertThat(output).hasSize(7);
    assertThat(numbers(output.get(5)).getLast()).as("test accuracy").isGreaterThan(0.9);
    List<Double> spectrum = numbers(output.getLast());
    assertThat(spectrum).hasSize(6);
    assertThat(spectrum.subList(0, 3)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(spectrum.subList(3, 6))
        .allSatisfy(residual -> assertThat(residual).isLessThan(1e-5));
    assertThat(folder.resolve("digits.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("digits.json")).content().contains("\"manifest\"", "sha256:");
  }

  @Test
  void layersAndRulesOfOnesOwnTrain() {
    assertThat(only("OwnLayer", 0)).as("mean square of labels ±1").isLessThan(0.5);
    assertThat(numbers(OUTPUT.get("OwnLayer").get(2))).hasSize(2);
    double quiet = numbers(OUTPUT.get("OwnRule").get(0)).getLast();
    double noisy = numbers(OUTPUT.get("OwnRule").get(1)).getLast();
    assertThat(quiet).isLessThan(0.5);
    assertThat(noisy).isLessThan(0.5).isNotEqualTo(quiet);
  }

  @Test
  void aProbeOfOnesOwnMeasuresEachReplica() {
    List<String> output = OUTPUT.get("OwnProbe");
    assertThat(output.getFirst()).isEqualTo("step 0, replica 0: 0.0000");
    assertThat(output.getLast()).startsWith("step 400, replica 2: ");
    assertThat(numbers(output.getLast()).getFirst())
        .isGreaterThan(numbers(output.get(3)).getFirst());
  }

  @Test
  void anEnsembleOnALandscapeOfOnesOwnPassesInTheTimeOfTheory() {
    List<Double> measured = numbers(OUTPUT.get("OwnLandscape").get(1));
    double theory = only("OwnLandscape", 2);
    // the step η = 0.01 lengthens it by less than the error
    assertThat(measured.get(0)).isCloseTo(theory, within(3 * measured.get(1)));
  }

  @Test
  void theSpectrumOfAnOperatorOfOnesOwnIsThatOfItsMatrix() {
    for (String line : OUTPUT.get("OwnOperator")) {
      List<Double> numbers = numbers(line);
      assertThat(numbers.get(0)).isCloseTo(numbers.get(2), within(1e-9));
      assertThat(numbers.get(0)).isCloseTo(numbers.get(3), within(1e-9));
    }
  }

  @Test
  void theyRunAsSourceFilesToo() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java("java")));
    command.addAll(FLAGS);
    command.addAll(START);
    command.addAll(List.of("-cp", CLASS_PATH, PROGRAMS.resolve("OwnOperator.java").toString()));
    assertThat(run(command, "")).containsSequence(OUTPUT.get("OwnOperator"));
  }

  /** The host engine is a service of its module, and its natives are modules nobody requires. */
  @Test
  void theyRunOnTheModulePathToo() throws IOException, InterruptedException {
    String modules =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> MODULES.matcher(entry).find())
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    List<String> command = new ArrayList<>(List.of(java("java"), "--module-path", modules));
    command.addAll(START);
    command.addAll(List.of("--add-modules", "ALL-MODULE-PATH"));
    command.addAll(
        List.of(
            "--enable-native-access=org.noisescape.core,org.bytedeco.javacpp,org.bytedeco.dnnl,org.bytedeco.opencl",
            "--sun-misc-unsafe-memory-access=allow",
            PROGRAMS.resolve("OwnOperator.java").toString()));
    assertThat(run(command, "")).containsSequence(OUTPUT.get("OwnOperator"));
  }

  @Test
  void theyRunInJshellToo() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java("jshell"), "-s", "--class-path"));
    command.addAll(List.of(CLASS_PATH, "--add-modules", "jdk.incubator.vector"));
    FLAGS.forEach(flag -> command.add("-R" + flag));
    START.forEach(flag -> command.addAll(List.of("-J" + flag, "-R" + flag)));
    command.add(PROGRAMS.resolve("OwnOperator.java").toString());
    command.add("-");
    assertThat(run(command, "main()\n")).containsSequence(OUTPUT.get("OwnOperator"));
  }
}
