package org.noisescape.datasets.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that Pillow wrote and read; the recipe is src/test/python/make_picture_goldens.py. */
class PictureFileTest {
  static final int WIDTH = 37;
  static final int HEIGHT = 29;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "rgba.png",
        "grey.png",
        "grey-alpha.png",
        "palette.png",
        "palette4.png",
        "black-white.png",
        "full.jpg",
        "halved.jpg",
        "wide.jpg",
        "progressive.jpg",
        "grey.jpg",
        "profile.jpg",
        "profile.png"
      })
  void pixelsAreThoseOfPillow(String name) throws IOException {
    Picture picture = decode(golden(name));
    assertThat(picture.width()).isEqualTo(WIDTH);
    assertThat(picture.height()).isEqualTo(HEIGHT);
    assertThat(picture.rgb()).isEqualTo(golden(name + ".rgb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.jpg", "halved.jpg", "progressive.jpg"})
  void profilesOfColourAreNotApplied(String name) throws IOException {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] mark = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1);
    byte[] jpeg = golden(name);
    int first = 4 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
    ByteBuffer with = ByteBuffer.allocate(jpeg.length + 4 + mark.length + profile.length);
    with.put(jpeg, 0, first).putShort((short) 0xffe2);
    with.putShort((short) (2 + mark.length + profile.length)).put(mark).put(profile);
    with.put(jpeg, first, jpeg.length - first);
    assertThat(decode(with.array()).rgb()).isEqualTo(golden(name + ".rgb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.jpg", "halved.jpg", "progressive.jpg"})
  void pixelsAreTheSameWithoutTheMarkOfJfif(String name) throws IOException {
    byte[] jpeg = golden(name);
    int first = 4 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
    ByteArrayOutputStream without = new ByteArrayOutputStream();
    without.write(jpeg, 0, 2);
    without.write(jpeg, first, jpeg.length - first);
    assertThat(decode(without.toByteArray()).rgb()).isEqualTo(golden(name + ".rgb"));
  }

  @ParameterizedTest
  @CsvSource({
    "inks.jpg, has four inks (CMYK): convert it to RGB",
    "deep.png, has 16 bits a channel: convert it to 8",
    "rgb.png.rgb, is neither PNG nor JPEG"
  })
  void otherKindsAreRefused(String name, String message) {
    assertThatThrownBy(() -> decode(golden(name)))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void extentsAreReadBeforePixels() throws IOException {
    byte[] png = golden("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 1 << 15).putInt(20, 1 << 15);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    assertThatThrownBy(() -> new PictureFile(png))
        .isInstanceOf(PictureException.class)
        .hasMessage("claims 32768 x 32768 pixels, at most 67108864 are decoded");
    byte[] jpeg = golden("full.jpg");
    int frame = 0;
    while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putInt(frame + 5, 0xea60_ea60);
    assertThatThrownBy(() -> new PictureFile(jpeg))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("claims 60000 x 60000 pixels");
  }

  @Test
  void checksumsOfPngAreLookedAt() {
    byte[] png = golden("black-white.png");
    png[45] ^= 1;
    assertThatThrownBy(() -> decode(png)).hasMessage("is damaged: a checksum is another one");
  }

  @Test
  void scansWithoutEndAreRefused() {
    byte[] jpeg = Arrays.copyOf(golden("progressive.jpg"), 10_000);
    for (int i = 5000; i < jpeg.length; i += 2) {
      jpeg[i] = (byte) 0xff;
      jpeg[i + 1] = (byte) 0xda;
    }
    assertThatThrownBy(() -> new PictureFile(jpeg)).hasMessage("has more than 200 scans");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "palette.png", "full.jpg", "progressive.jpg", "grey.jpg"})
  void whatIsCutOffIsRefused(String name) {
    byte[] whole = golden(name);
    for (int length = 0; length < whole.length - 20; length += 11) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut))
          .as(name + " " + length)
          .isInstanceOf(PictureException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "palette.png", "black-white.png", "halved.jpg"})
  void changedBytesNeverDoWorse(String name) {
    byte[] whole = golden(name);
    for (int at = 0; at < whole.length; at += 3) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) 0x81;
      try {
        decode(changed);
      } catch (IOException e) {
        assertThat(e.getMessage()).hasLineCount(1);
      }
    }
  }

  static Picture decode(byte[] contents) throws PictureException {
    try (PictureFile file = new PictureFile(contents)) {
      return file.decode();
    }
  }

  static byte[] golden(String name) {
    try (InputStream in = PictureFileTest.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
