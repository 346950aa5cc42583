package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.datasets.download.Digest;

/** Pictures that Pillow wrote; the recipe is src/test/python/make_picture_goldens.py. */
final class ImagesReaderTest {

  @TempDir private Path folder;
  private Path cache;
  private Path pictures;
  private DataLocation where;

  @BeforeEach
  void locate() {
    cache = folder.resolve("cache");
    pictures = folder.resolve("my, pictures");
    where = new DataLocation(Optional.empty(), Optional.empty(), cache, true);
  }

  @Test
  void foldersAreClassesAndTheirPicturesTakenInTurn() throws IOException {
    put("rgb.png", "dog/2.png", "cat/10.png");
    put("full.jpg", "cat/9.JPEG");
    put("grey.png", "cat/deep/11.png");
    put("rgba.png", "dog/.hidden.png", "dog/.thumbs/1.png");
    Files.writeString(pictures.resolve("dog/notes.txt"), "none");
    DatasetPair pair = load();
    Dataset train = pair.train();
    assertThat(pair.test()).isEmpty();
    assertThat(train.classNames()).containsExactly("cat", "dog");
    assertThat(train.labels()).containsExactly(0, 1, 0, 0);
    assertThat(train.imageShape()).containsExactly(3, 29, 37);
    requirePixels(train, 0, "full.jpg.rgb");
    requirePixels(train, 1, "rgb.png.rgb");
    requirePixels(train, 2, "rgb.png.rgb");
    requirePixels(train, 3, "grey.png.rgb");
  }

  @Test
  void namesMayTellTheClassAndFoldersTheTestSet() throws IOException {
    put("rgb.png", "train/cat.2.png", "train/dog.1.png", "train/cat.10.png");
    put("full.jpg", "val/dog_0.jpg");
    DatasetPair pair = load();
    assertThat(pair.train().labels()).containsExactly(0, 1, 0);
    assertThat(pair.train().classNames()).containsExactly("cat", "dog");
    assertThat(pair.test().orElseThrow().labels()).containsExactly(1);
    requirePixels(pair.test().orElseThrow(), 0, "full.jpg.rgb");
    put("rgb.png", "test/cat.1.png");
    assertThat(load().test().orElseThrow().labels()).as("test before val").containsExactly(0);
  }

  @Test
  void sizesAreMadeAsTorchvisionMakesThem() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    requirePixels(load("size=20").train(), 0, "crop-bilinear-20x20.rgb");
    requirePixels(load("size=41x41", "filter=bicubic").train(), 1, "crop-bicubic-41x41.rgb");
    Dataset stretched = load("fit=stretch", "filter=box", "size=7x50").train();
    requirePixels(stretched, 0, "stretch-box-7x50.rgb");
    assertThat(stretched.imageShape()).containsExactly(3, 7, 50);
    Dataset grey = load("size=20", "grey").train();
    assertThat(grey.imageShape()).containsExactly(1, 20, 20);
    byte[] rgb = golden("crop-bilinear-20x20.rgb");
    double luma =
        0.299 * (rgb[3] & 0xff) / 255f
            + 0.587 * (rgb[4] & 0xff) / 255f
            + 0.114 * (rgb[5] & 0xff) / 255f;
    assertThat((double) DataFiles.row(grey, 0)[1]).isCloseTo(luma, within(1e-7));
  }

  @Test
  void digestIsThatOfSumsAsTheSystemPrintsThem() throws IOException {
    put("rgb.png", "b/2.png");
    put("full.jpg", "a/1.jpg");
    String lines =
        Digest.sha256(golden("full.jpg")).hex()
            + "  a/1.jpg\n"
            + Digest.sha256(golden("rgb.png")).hex()
            + "  b/2.png\n";
    assertThat(load("size=8").train().digests())
        .containsEntry(
            "pictures", Digest.sha256(lines.getBytes(StandardCharsets.US_ASCII)).toString());
  }

  @Test
  void shareOfEachClassMakesATestSet() throws IOException {
    put(
        "rgb.png",
        IntStream.range(0, 20).mapToObj(i -> i % 2 + "/" + i + ".png").toArray(String[]::new));
    DatasetPair pair = load("size=4", "test=0.2");
    assertThat(pair.train().size()).isEqualTo(16);
    assertThat(pair.test().orElseThrow().labels()).containsExactlyInAnyOrder(0, 0, 1, 1);
  }

  @Test
  void decodedPicturesAreKeptUntilOneChanges() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    load("size=20");
    Path kept = kept().getFirst();
    byte[] bytes = Files.readAllBytes(kept);
    int begin = bytes.length - 2 * 3 * 400;
    bytes[begin] ^= 1;
    Files.write(kept, bytes);
    requirePixels(load("size=20").train(), 0, "crop-bilinear-20x20.rgb");
    bytes = Files.readAllBytes(kept);
    bytes[begin] = 77;
    byte[] digest =
        HexFormat.of()
            .parseHex(Digest.sha256(Arrays.copyOfRange(bytes, begin, bytes.length)).hex());
    ByteBuffer.wrap(bytes).put(begin - 32, digest);
    Files.write(kept, bytes);
    assertThat(DataFiles.row(load("size=20").train(), 0)[0]).as("kept").isEqualTo(77 / 255f);
    put("full.jpg", "b/1.png");
    requirePixels(load("size=20").train(), 0, "crop-bilinear-20x20.rgb");
    assertThat(kept()).hasSize(2);
    Files.write(kept, Arrays.copyOf(bytes, begin + 5));
    put("rgb.png", "b/1.png");
    requirePixels(load("size=20").train(), 1, "crop-bilinear-20x20.rgb");
  }

  @Test
  void readingIsToldPictureByPicture() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png", "b/2.png");
    List<String> told = new ArrayList<>();
    where =
        where.heardBy(
            new ReadingProgress() {
              @Override
              public void began() {
                told.add("began");
              }

              @Override
              public void read(String what, long done, long of) {
                told.add("%d of %d %s".formatted(done, of, what));
              }

              @Override
              public void ended() {
                told.add("ended");
              }
            });
    List<String> looked =
        List.of("began", "1 of 3 pictures read", "2 of 3 pictures read", "3 of 3 pictures read");
    load("size=20");
    assertThat(told)
        .startsWith(looked.toArray(String[]::new))
        .endsWith("2 of 3 pictures decoded", "3 of 3 pictures decoded", "ended")
        .hasSize(8);
    told.clear();
    load("size=20");
    assertThat(told.subList(0, 4)).as("kept").isEqualTo(looked);
    assertThat(told).hasSize(5).endsWith("ended");
    told.clear();
    requireRefused("size=0", "size must be");
    assertThat(told).containsExactly("began", "ended");
  }

  @Test
  void runsSideBySideKeepOneWholeFile() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    List<float[]> rows =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> DataFiles.row(load("size=20").train(), 1))
            .toList();
    assertThat(rows).allSatisfy(row -> assertThat(row).isEqualTo(rows.getFirst()));
    assertThat(kept()).hasSize(1);
  }

  @Test
  void picturesAreReadWhereNothingCanBeKept() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    Files.writeString(cache, "in the way");
    requirePixels(load("size=20").train(), 0, "crop-bilinear-20x20.rgb");
  }

  @Test
  void allThatIsWrongIsNamedInOneLine() throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    put("inks.jpg", "a/2.jpg");
    put("rgb.png.rgb", "b/3.png");
    Files.write(pictures.resolve("b/4.png"), Arrays.copyOf(golden("rgb.png"), 500));
    requireRefused(
        "size=8",
        "3 of 5 pictures cannot be taken: a/2.jpg has four inks (CMYK): convert it to RGB; ",
        "b/3.png is neither PNG nor JPEG; b/4.png is truncated");
    for (int i = 10; i < 25; i++) {
      put("rgb.png.rgb", "a/%d.png".formatted(i));
    }
    requireRefused("size=8", "18 of 20 pictures", "; and 8 more");
    assertThat(cache).doesNotExist();
  }

  @Test
  void extentsMustBeAlikeUnlessOneIsGiven() throws IOException {
    put("rgb.png", "a/1.png", "a/2.png");
    Files.write(pictures.resolve("a/3.png"), png(5, 4));
    requireRefused(
        "", "1 of 3 pictures", "a/3.png has 4 x 5 pixels, the first picture 29 x 37: give a size");
    assertThat(load("size=8").train().size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "a/1.png, b/x.webp, 'x.webp: convert to PNG or JPEG'",
    "a/1.png, 1.png, 'holds pictures (1.png) beside folders of classes (a)'",
    "cat.1.png, dog.png, 'dog.png: no class in the name, which reads CLASS.NUMBER.jpg'",
    "a/1.png, b/notes.txt, 'no PNG or JPEG pictures of b: remove what is no class'",
    "train/a/1.png, test/b/1.png, 'class ''b'' has no training samples (known: a)'",
    "a/notes.txt, b/notes.txt, holds no PNG or JPEG pictures",
    "notes.txt, more.txt, holds no PNG or JPEG pictures"
  })
  void foldersThatTellNoClassesAreRefused(String first, String second, String message)
      throws IOException {
    put("rgb.png", first, second);
    requireRefused("size=8", message);
  }

  @ParameterizedTest
  @CsvSource({
    "size=0, 'as 32 or, height and width, 32x48, got ''0'''",
    "size=8x0, got '8x0'",
    "size=8*8, got '8*8'",
    "fit=crop, fit and filter need size=",
    "'size=8,fit=pad', 'fit must be one of crop, stretch, got ''pad'''",
    "'size=8,filter=lanczos', 'one of box, bilinear, bicubic'",
    "'size=8,test-seed=2', test-seed needs test=",
    "'size=8,siz=2', 'unknown option of images ''siz'', did you mean ''size''?'"
  })
  void wrongOptionsAreOneLine(String options, String message) throws IOException {
    put("rgb.png", "a/1.png", "b/1.png");
    requireRefused(options, message);
  }

  private void requireRefused(String options, String... parts) {
    assertThatThrownBy(() -> load(options.isEmpty() ? new String[0] : options.split(",")))
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).hasLineCount(1));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("pictures"))) {
      return files.toList();
    }
  }

  private void put(String golden, String... names) throws IOException {
    for (String name : names) {
      Path file = pictures.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, golden(golden));
    }
  }

  private DatasetPair load(String... options) {
    String told = options.length == 0 ? "" : "," + String.join(",", options);
    return Catalogue.load("images:" + pictures + told, where);
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private static void requirePixels(Dataset part, int row, String golden) throws IOException {
    byte[] rgb = golden(golden);
    float[] planar = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planar[i % 3 * rgb.length / 3 + i / 3] = (rgb[i] & 0xff) / 255f;
    }
    assertThat(DataFiles.row(part, row)).as(golden).isEqualTo(planar);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = ImagesReaderTest.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    }
  }
}
