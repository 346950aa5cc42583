package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.NpyHeader;
import org.noisescape.files.NpyType;

/** Files that NumPy wrote; the recipe is src/test/python/make_npz_goldens.py. */
final class NpzReaderTest {
  private static final DataLocation NOWHERE =
      new DataLocation(Optional.empty(), Optional.empty(), Path.of("none"), true);

  @TempDir private Path folder;

  @Test
  void setsOfKerasAreReadPlanarAndScaledWithTheirDigest() throws IOException {
    DatasetPair pair = load("keras");
    Dataset train = pair.train();
    Dataset test = pair.test().orElseThrow();
    assertThat(train.imageShape()).containsExactly(3, 4, 2);
    assertThat(train.labels()).containsExactly(2, 0, 1);
    assertThat(test.labels()).containsExactly(2, 0);
    assertThat(train.classes()).isEqualTo(3);
    assertThat(train.classNames()).containsExactly("0", "1", "2");
    requirePictures(train, 0);
    requirePictures(test, 3);
    String digest = Digest.sha256(Files.readAllBytes(golden("keras"))).toString();
    assertThat(train.digests()).containsOnly(Map.entry("keras.npz", digest));
    assertThat(test.digests()).isEqualTo(train.digests());
  }

  @Test
  void namesAndLayoutCanBeTold() {
    DatasetPair pair =
        load(
            "named",
            "x=train_images",
            "y=train_labels",
            "x-test=val_images",
            "y-test=val_labels",
            "layout=nchw");
    requirePictures(pair.train(), 0);
    assertThat(pair.train().labels()).containsExactly(2, 0, 1, 2, 0);
    requirePictures(pair.test().orElseThrow(), 0);
    assertThat(load("named", "x=train_images", "y=train_labels").test()).isEmpty();
    assertThat(load("named", "x=train_images", "y=train_labels").train().imageShape())
        .containsExactly(3, 4, 2);
  }

  @Test
  void orderOfFortranIsUndone() {
    requirePictures(load("fortran").train(), 0);
  }

  @Test
  void fractionsAreRealTargets() {
    Dataset train = load("columns").train();
    assertThat(train.isRegression()).isTrue();
    assertThat(train.imageShape()).containsExactly(1, 1, 3);
    for (int i = 0; i < 5; i++) {
      float[] row = DataFiles.row(train, i);
      assertThat(row).containsExactly(0.75f * i - 1, 0.75f * i - 0.75f, 0.75f * i - 0.5f);
      assertThat(train.regressionTargets()[i]).isEqualTo(row[0] + row[1] + row[2]);
    }
    assertThat(load("signs", "task=regression").train().regressionTargets())
        .containsExactly(1, -1, 1, -1, 1);
  }

  @Test
  void rowsWithASingleOneAreLabelsAndTruthIsTwoClasses() {
    Dataset big = load("big").train();
    assertThat(big.labels()).containsExactly(2, 0, 1, 2, 0);
    assertThat(DataFiles.row(big, 4)).containsExactly(2f, 2.25f, 2.5f);
    Dataset grey = load("grey").train();
    assertThat(grey.labels()).containsExactly(1, 1, 0, 1, 1);
    assertThat(grey.imageShape()).containsExactly(1, 4, 2);
  }

  @Test
  void optionsOfAllImagesComeAfterItsOwn() {
    Dataset train = load("keras", "grey", "size=2", "only=0+2").train();
    assertThat(train.imageShape()).containsExactly(1, 2, 2);
    assertThat(train.labels()).containsExactly(1, 0);
  }

  @Test
  void testSetIsTakenOfEveryClassAlike() {
    DatasetPair pair = load("rows", "test=0.3");
    Dataset test = pair.test().orElseThrow();
    assertThat(pair.train().size()).isEqualTo(14);
    assertThat(test.split()).isEqualTo(Split.TEST);
    assertThat(test.labels()).containsExactlyInAnyOrder(0, 0, 0, 1, 1, 1);
    assertThat(test.digests()).containsEntry("test-share", "0.3,seed=0");
    assertThat(column(load("rows", "test=0.3").test().orElseThrow())).isEqualTo(column(test));
    assertThat(column(load("rows", "test=0.3", "test-seed=1").test().orElseThrow()))
        .isNotEqualTo(column(test));
    HoldOut.Parts held = new HoldOut(0.3, 0).apply(load("rows").train());
    assertThat(column(held.validation())).as("validation draws anew").isNotEqualTo(column(test));
    assertThatThrownBy(() -> load("keras", "test=0.2"))
        .hasMessageContaining("there is a test set of 2 samples: leave out test=0.2");
    assertThatThrownBy(() -> load("fortran", "test=1.5")).hasMessageContaining("got '1.5'");
    assertThatThrownBy(() -> load("fortran", "test-seed=3")).hasMessageContaining("needs test=");
  }

  @ParameterizedTest
  @CsvSource({
    "unclear, '', 'array ''x_train (2, 5, 6, 4) u1'': say which axis holds the channels, layout=nhwc'",
    "text, '', 'array ''y_train'' has elements of type ''<U3'', text'",
    "signs, '', 'holds -1 for sample 1: classes are whole numbers from 0'",
    "many, '', 'is not one-hot at sample 0'",
    "many, task=regression, several targets a sample",
    "short, '', 'has 5 samples and its targets 4'",
    "columns, task=classification, 'holds -2.25 for sample 0'",
    "keras, x=x_trian, 'unknown array ''x_trian'', did you mean ''x_train''?'",
    "named, 'x=train_images,y=train_labels,x-test=val_images', 'val_images is there without y_test: name it with y-test=ARRAY'",
    "keras, layout=chw, 'layout must be one of nhwc, nchw, got ''chw'''",
    "rows, layout=nhwc, 'array ''x (20, 1) f4'' has no channels: leave out layout=nhwc'",
    "keras, layuot=nhwc, 'unknown option of npz ''layuot'', did you mean ''layout''?'"
  })
  void whatIsWrongIsOneLineWithItsRemedy(String name, String option, String message) {
    assertThatThrownBy(() -> load(name, option.isEmpty() ? new String[0] : option.split(",")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void valuesThatAreNotFiniteAreNamed() {
    assertThatThrownBy(() -> load("nan"))
        .hasMessageContaining("NaN in row 1, column 1 of the train set");
  }

  @Test
  void whatIsCutOffChangedOrNoZipIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(golden("keras"));
    for (int length = 0; length < whole.length; length += 17) {
      requireRefused(Arrays.copyOf(whole, length));
    }
    requireRefused("{ \"json\": 1 }".getBytes(StandardCharsets.US_ASCII));
    byte[] changed = whole.clone();
    int inPixels = indexOf(whole, new byte[] {0, 12, 24, 1, 13, 25});
    changed[inPixels + 2] ^= 4;
    requireRefused(changed, "array 'x_train' is damaged: its checksum is another one");
    assertThatThrownBy(() -> Catalogue.load("npz:" + folder, NOWHERE))
        .hasMessageContaining("is a folder, not a file");
    assertThatThrownBy(() -> Catalogue.load("npz:" + folder.resolve("no.npz"), NOWHERE))
        .hasMessageContaining("no.npz does not exist; name the file");
  }

  @Test
  void changedBytesAreRefusedOrWithoutEffect() throws IOException {
    byte[] whole = Files.readAllBytes(golden("keras"));
    float[] row = DataFiles.row(load("keras").train(), 2);
    for (int at = 0; at < whole.length; at += 5) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) 0x81;
      Path file = Files.write(folder.resolve("c.npz"), changed);
      try {
        Dataset train = Catalogue.load("npz:" + file, NOWHERE).train();
        assertThat(DataFiles.row(train, 2)).as("byte " + at).isEqualTo(row);
      } catch (DataException e) {
        assertThat(e.getMessage()).hasLineCount(1);
      }
    }
  }

  @Test
  void arraysThatClaimMoreThanThereIsTakeNoMemoryForIt() throws IOException {
    byte[] lying =
        zip("x_train.npy", NpyHeader.of(NpyType.U1, 2_000_000_000L).bytes(), new byte[9]);
    assertThatThrownBy(() -> loadBytes(lying))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(1);
    byte[] huge = zip("x_train.npy", NpyHeader.of(NpyType.F8, 1L << 40).bytes(), new byte[9]);
    requireRefused(huge, "claims 8796093022208 bytes, more than 2 GiB");
    byte[] empty = zip("x_train.npy", NpyHeader.of(NpyType.F8, 0, 5).bytes(), new byte[0]);
    requireRefused(empty, "is empty: its shape is [0, 5]");
    byte[] longer = zip("x_train.npy", NpyHeader.of(NpyType.U1, 5).bytes(), new byte[100_000_000]);
    requireRefused(longer, "holds more than the 5 bytes its header says");
  }

  private void requireRefused(byte[] bytes) throws IOException {
    requireRefused(bytes, "");
  }

  private void requireRefused(byte[] bytes, CharSequence... parts) throws IOException {
    assertThatThrownBy(() -> loadBytes(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("bad.npz").toString())
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains(parts)
                    .doesNotContain("Exception")
                    .hasLineCount(1));
  }

  private void loadBytes(byte[] bytes) throws IOException {
    Files.write(folder.resolve("bad.npz"), bytes);
    Catalogue.load("npz:" + folder.resolve("bad.npz"), NOWHERE);
  }

  /** The array as an entry, with labels of five samples beside it. */
  private static byte[] zip(String name, byte[] header, byte[] elements) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("../../y_train.npy"));
      out.putNextEntry(new ZipEntry("y_train.npy"));
      out.write(NpyHeader.of(NpyType.U1, 5).bytes());
      out.write(new byte[5]);
      out.putNextEntry(new ZipEntry(name));
      out.write(header);
      out.write(elements);
    }
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  /** The single feature of every sample. */
  private static float[] column(Dataset part) {
    float[] column = new float[part.size()];
    part.features().copyRows(0, part.size(), column, 0);
    return column;
  }

  private static void requirePictures(Dataset part, int first) {
    assertThat(part.imageShape()).containsExactly(3, 4, 2);
    for (int n = 0; n < part.size(); n++) {
      float[] row = DataFiles.row(part, n);
      for (int k = 0; k < row.length; k++) {
        int value = 50 * (first + n) + 12 * (k / 8) + 3 * (k % 8 / 2) + k % 2;
        assertThat(row[k]).isEqualTo(value % 256 / 255f);
      }
    }
  }

  private static DatasetPair load(String name, String... options) {
    String told = options.length == 0 ? "" : "," + String.join(",", options);
    return Catalogue.load("npz:" + golden(name) + told, NOWHERE);
  }

  private static Path golden(String name) {
    try {
      return Path.of(NpzReaderTest.class.getResource("/npz/" + name + ".npz").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
