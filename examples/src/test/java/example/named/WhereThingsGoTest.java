package example.named;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING's tables name what is there. */
class WhereThingsGoTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path SERVICES = Path.of("src/test/resources/META-INF/services");

  private final List<String> rows;

  WhereThingsGoTest() throws IOException {
    String whole = Files.readString(PROJECT.resolve("CONTRIBUTING.md"));
    int begin = whole.indexOf("## Where things go");
    String section = whole.substring(begin, whole.indexOf("\n## ", begin + 1));
    rows = section.lines().filter(line -> line.startsWith("|")).toList();
  }

  @Test
  void everyClassOfTheTablesExists() throws IOException {
    Set<String> classes = classes();
    List<String> named =
        rows.stream().flatMap(row -> all("`((?:org\\.[a-z.]+)?[A-Z][A-Za-z]+)`", row)).toList();
    assertThat(named).hasSizeGreaterThan(30);
    for (String name : named) {
      assertThat(classes).as(name).anyMatch(known -> ("." + known).endsWith("." + name));
    }
  }

  @Test
  void everyPackageAndLinkOfTheTablesExists() throws IOException {
    Set<String> packages =
        classes().stream()
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .collect(Collectors.toSet());
    for (String row : rows) {
      all("`(org\\.[a-z.]*[a-z])`", row).forEach(name -> assertThat(packages).contains(name));
    }
    List<String> links = rows.stream().flatMap(row -> all("\\]\\(([^)]+)\\)", row)).toList();
    assertThat(links).hasSizeGreaterThan(10);
    assertThat(links).allSatisfy(link -> assertThat(PROJECT.resolve(link)).exists());
  }

  @Test
  void everyServiceThatIsNamedHasAnExampleAndTheReverse() throws IOException {
    try (Stream<Path> files = Files.list(SERVICES)) {
      assertThat(rows.stream().flatMap(row -> all("`(org\\.[a-z.]+[A-Z][A-Za-z]+)`", row)))
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  /** Names of all classes of the project with a file of their own. */
  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String module :
        List.of("core", "nd4j", "datasets", "experiments", "onnx", "dl4j", "examples")) {
      for (String kind : List.of("main", "test")) {
        Path root = PROJECT.resolve(module).resolve("src").resolve(kind).resolve("java");
        if (Files.isDirectory(root)) {
          try (Stream<Path> files = Files.walk(root)) {
            files
                .map(file -> root.relativize(file).toString())
                .filter(name -> name.endsWith(".java"))
                .forEach(name -> classes.add(name.replace(".java", "").replaceAll("[/\\\\]", ".")));
          }
        }
      }
    }
    return classes;
  }

  private static Stream<String> all(String pattern, String row) {
    return Pattern.compile(pattern).matcher(row).results().map(match -> match.group(1));
  }
}
