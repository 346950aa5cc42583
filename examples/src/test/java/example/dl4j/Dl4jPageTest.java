package example.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.dl4j.Dl4jFile;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/** The page for users of DL4J shows code that runs. */
class Dl4jPageTest {
  private static final Path PAGE = Path.of("..", "docs", "dl4j.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "example", "dl4j");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private static String plain(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @Test
  void whatThePageShowsIsCompiled() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name : List.of("DigitsProgram.java", "Dl4jSnippets.java")) {
      sources.append(plain(Files.readString(SOURCES.resolve(name)))).append('\n');
    }
    Matcher code = CODE.matcher(Files.readString(PAGE));
    int blocks = 0;
    while (code.find()) {
      assertThat(sources).contains(plain(code.group(1)));
      blocks++;
    }
    assertThat(blocks).isEqualTo(5);
  }

  @Test
  void theProgramPrintsReadingsAndItsFileIsRead() throws IOException {
    Path file = folder.resolve("digits.zip");
    String said = said(() -> DigitsProgram.main("220", file.toString()));
    assertThat(said.lines())
        .hasSize(2)
        .allMatch(
            line -> line.matches("iteration \\d+: loss .*, noise strength .*, top eigenvalues .*"));
    MultiLayerNetwork network = (MultiLayerNetwork) Dl4jFile.read(file);
    assertThat(said(() -> Dl4jSnippets.read(file)))
        .contains("net: input 784, layer0: linear 32, relu, layer1: linear 10");
    var train =
        new ExistingDataSetIterator(
            List.of(new DataSet(Nd4j.ones(3, 784), Nd4j.eye(10).getRows(0, 1, 2))));
    assertThat(said(() -> Dl4jSnippets.watch(network, train))).isEmpty();
    assertThat(Dl4jSnippets.trace(network, train)).isPositive();
  }

  @Test
  void aViewWritesWhereTheTensorReads() {
    try (Engine engine = Engines.open("host", 1)) {
      assertThat(Dl4jSnippets.view(engine)).isCloseTo(1, within(0.0));
    }
  }

  private interface Speaking {
    void run() throws IOException;
  }

  private static String said(Speaking speaking) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      speaking.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
