package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.datasets.download.Digest;

final class CsvReaderTest {
  private static final String FLOWERS =
      """
      length,"width, in cm",kind
      5.1,3.5,setosa
      6e0,2.5,"the ""iris"" versicolor"

      7,-.5,setosa
      """;

  @TempDir private Path folder;
  private DataLocation where;

  @BeforeEach
  void locate() {
    where = new DataLocation(Optional.empty(), Optional.empty(), folder.resolve("none"), true);
  }

  @Test
  void textsAreClassesSortedByName() throws IOException {
    Dataset train = load(FLOWERS, "target=kind").train();
    assertThat(train.imageShape()).containsExactly(1, 1, 2);
    assertThat(train.classNames()).containsExactly("setosa", "the \"iris\" versicolor");
    assertThat(train.labels()).containsExactly(0, 1, 0);
    assertThat(DataFiles.row(train, 0)).containsExactly(5.1f, 3.5f);
    assertThat(DataFiles.row(train, 1)).containsExactly(6f, 2.5f);
    assertThat(DataFiles.row(train, 2)).containsExactly(7f, -0.5f);
    assertThat(train.digests())
        .containsEntry("t.csv", Digest.sha256(FLOWERS.getBytes(StandardCharsets.UTF_8)).toString());
  }

  @ParameterizedTest
  @CsvSource({"2", "-1", "kind"})
  void columnsGoByNameOrNumberAndMayBeLeftOut(String target) throws IOException {
    Dataset train = load(FLOWERS, "target=" + target, "drop=-2").train();
    assertThat(train.featureLength()).isEqualTo(1);
    assertThat(DataFiles.row(train, 1)).containsExactly(6f);
    assertThat(train.labels()).containsExactly(0, 1, 0);
  }

  @Test
  void numbersWithAPointAreRealTargetsAndRowsOfNumbersNoNames() throws IOException {
    Dataset train = load("1;2;0.5\r\n3;4;-1\r\n5;6;1e3", "target=-1").train();
    assertThat(train.isRegression()).isTrue();
    assertThat(train.regressionTargets()).containsExactly(0.5f, -1f, 1000f);
    assertThat(DataFiles.row(train, 2)).containsExactly(5f, 6f);
    assertThat(load("a\tb\n1\t2.5\n", "target=a", "task=regression").train().size()).isOne();
    assertThat(load("1,2.5\n3,4.5\n", "target=1", "header=yes", "task=regression").train().size())
        .isOne();
    assertThat(load("\ufeffa,b\n1,2\n", "target=a", "task=regression").train().size()).isOne();
    assertThat(
            load("a,b|c;1\n1,2\n", "target=a", "separator=comma", "task=regression").train().size())
        .isOne();
  }

  @Test
  void wholeNumbersThatCountAreClasses() throws IOException {
    Dataset train = load("x,y\n1,2\n2,1\n3,02\n4,3\n", "target=y").train();
    assertThat(train.classNames()).containsExactly("1", "2", "3");
    assertThat(train.labels()).containsExactly(1, 0, 1, 2);
    Dataset wide = load("x,y\n1,10\n2,9\n3,-1\n", "target=y", "task=classification").train();
    assertThat(wide.classNames()).containsExactly("-1", "9", "10");
    assertThat(load("x,y\n1,0\n2,1\n", "target=y", "task=regression").train().regressionTargets())
        .containsExactly(0, 1);
    for (String column : new String[] {"1\n2,3", "2\n2,3", "0\n2,0", "-1\n2,0", "1\n2,2\n1,4"}) {
      requireRefused("x,y\n1," + column + "\n", "target=y", "say task=classification or task=");
    }
  }

  @Test
  void testSetIsAnotherFileOrAShare() throws IOException {
    Files.writeString(folder.resolve("more.csv"), "length,width,kind\n1,2,setosa\n");
    DatasetPair pair = load(FLOWERS, "target=kind", "test-file=more.csv");
    assertThat(pair.test().orElseThrow().labels()).containsExactly(0);
    assertThat(pair.test().orElseThrow().classes()).isEqualTo(2);
    assertThat(pair.test().orElseThrow().digests()).containsOnlyKeys("more.csv");
    Files.writeString(folder.resolve("more.csv"), "length,width,kind\n1,2,rose\n");
    requireRefused(FLOWERS, "target=kind,test-file=more.csv", "class 'rose' of the test file");
    requireRefused(FLOWERS, "target=kind,test-file=none.csv", "none.csv: no such file");
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i).append(',').append(i * 0.5).append('\n');
    }
    assertThat(load(rows.toString(), "target=y", "test=0.25").test().orElseThrow().size())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b\\n1,2\\n3,\\n | target=a | line 3 has no value in column 'b': fill it in, remove the row",
        "a,b\\n1,2\\n3,NA | target=a | line 3 has no value in column 'b'",
        "a,b\\n1,2\\n?,3 | target=a | line 3 has no value of the target",
        "a,b\\n1,2\\n3,red\\n4,5 | target=a | line 3 holds 'red' in column 'b', which is no number",
        "a,b\\n1,2\\n3,1e40 | target=a | line 3 holds 1e40 in column 'b', which is not finite",
        "a,b\\n1,2\\n3,Infinity\\n | target=a | line 3 holds Infinity in column 'b'",
        "a,b\\n1,2\\n\\n3\\n | target=a | line 4 has 1 columns, the first row has 2",
        "a,b\\n1,2,3 | target=a | line 2 has 3 columns, the first row has 2",
        "a,b\\n1,2 | target=c | unknown column 'c' (known: a, b), or a number from 0 to 1",
        "a,b\\n1,2 | target=2 | unknown column '2'",
        "a,a\\n1,2 | target=a | column 'a' is there twice: give its number",
        "a,b\\n1,2 | target=a,drop=b | no column is left for features",
        "a,b\\n1,2 | header=no | say which column is the target, target=COLUMN",
        "a,b\\n | target=a | holds no rows below its names",
        "'' | target=a | holds no rows",
        "a,b\\n1,2 | target=a,header=maybe | header must be one of yes, no, got 'maybe'",
        "a,b\\n1,2 | target=a,separator=bar | separator must be one of comma, semicolon, tab",
        "a,b\\nx,2 | target=a,task=regression | the target holds 'x' in row 0",
        "a,b\\n\"1,2 | target=a | line 2 or soon after"
      })
  void whatIsWrongIsOneLineThatNamesRowAndColumn(String text, String options, String message)
      throws IOException {
    requireRefused(text.replace("\\n", "\n"), options, message);
  }

  @Test
  void linesWithoutEndAndBytesThatAreNoTextAreRefused() throws IOException {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) '7');
    try (OutputStream out = Files.newOutputStream(folder.resolve("t.csv"))) {
      out.write("a,b\n1,".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 5; i++) {
        out.write(block);
      }
    }
    requireRefused("target=a", "line 2 or soon after: a row of more than 4194304 characters");
    Arrays.fill(block, (byte) ',');
    try (OutputStream out = Files.newOutputStream(folder.resolve("t.csv"))) {
      for (int i = 0; i < 5; i++) {
        out.write(block);
      }
    }
    requireRefused("target=a", "a row of more than 4194304 characters");
    Files.write(folder.resolve("t.csv"), new byte[] {'a', ',', 'b', '\n', (byte) 0xff, ',', '1'});
    requireRefused("target=a", "is not UTF-8 text");
  }

  private void requireRefused(String text, String options, String message) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text);
    requireRefused(options, message);
  }

  private void requireRefused(String options, String message) {
    assertThatThrownBy(
            () -> Catalogue.load("csv:" + folder.resolve("t.csv") + "," + options, where))
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(message).hasLineCount(1));
  }

  private DatasetPair load(String text, String... options) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text);
    return Catalogue.load(
        "csv:" + folder.resolve("t.csv") + "," + String.join(",", options), where);
  }
}
