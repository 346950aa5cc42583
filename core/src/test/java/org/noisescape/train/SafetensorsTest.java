package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.files.WholeFile;
import org.noisescape.train.StoredTensor.ElementType;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void everyTypeComesBackBitForBit() throws IOException {
    ByteBuffer f32 = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    f32.putInt(0x7fc00001).putInt(0x80000000).putInt(0x00000001).flip();
    ByteBuffer i64 = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    i64.putLong(Long.MIN_VALUE).putLong(-2).flip();
    ByteBuffer i32 = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(-7).flip();
    double[] doubles = {Math.PI, Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 3};
    Safetensors written =
        Safetensors.of(
            Map.of("step", "17"),
            List.of(
                new StoredTensor("weight", ElementType.F32, new long[] {3, 1}, f32),
                StoredTensor.of("wide", ElementType.F64, new long[] {2, 3}, doubles),
                new StoredTensor("count", ElementType.I64, new long[] {2}, i64),
                new StoredTensor("one", ElementType.I32, new long[] {}, i32),
                StoredTensor.of("none", ElementType.F32, new long[] {0, 4})));
    Path file = folder.resolve("a.safetensors");
    written.write(file);
    Safetensors read = Safetensors.read(file);

    assertThat(read.metadata()).containsExactly(Map.entry("step", "17"));
    assertThat(read.tensors().keySet()).containsExactly("weight", "wide", "count", "one", "none");
    for (StoredTensor tensor : written.tensors().values()) {
      StoredTensor back = read.tensors().get(tensor.name());
      assertThat(back.type()).isEqualTo(tensor.type());
      assertThat(back.shape()).isEqualTo(tensor.shape());
      assertThat(back.bytes()).isEqualTo(tensor.bytes());
    }
    assertThat(read.tensors().get("wide").toDoubles()).isEqualTo(doubles);
  }

  @Test
  void halfPrecisionIsRead() {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    // 1.5, the largest number, the smallest and minus infinity
    bytes.putShort((short) 0x3e00).putShort((short) 0x7bff).putShort((short) 1);
    bytes.putShort((short) 0xfc00).flip();
    assertThat(new StoredTensor("half", ElementType.F16, new long[] {4}, bytes).toDoubles())
        .containsExactly(1.5, 65504, 0x1p-24, Double.NEGATIVE_INFINITY);
    ByteBuffer upper = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    upper.putShort((short) 0xbfc0).putShort((short) 0x7f7f).flip();
    assertThat(new StoredTensor("brain", ElementType.BF16, new long[] {2}, upper).toDoubles())
        .containsExactly(-1.5, 0x1.fep127);
  }

  @Test
  void headerIsWhatTheFormatSays() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.of(
            Map.of(),
            List.of(StoredTensor.of("0.bias", ElementType.F32, new long[] {2}, 1.0, -2.5)))
        .write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] header = new byte[length];
    bytes.get(header);

    assertThat(length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(bytes.getFloat()).isEqualTo(1f);
    assertThat(bytes.getFloat()).isEqualTo(-2.5f);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void aFailedWriteLeavesTheFormerFile() throws IOException {
    Path file = folder.resolve("last.safetensors");
    Files.writeString(file, "former");

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[10]));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + file + ": no space left on device; make room");
    assertThat(Files.readString(file)).isEqualTo("former");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  static Stream<Arguments> damaged() {
    String good = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    return Stream.of(
        Arguments.of("empty", new byte[0], "expected at least 8 bytes, got 0"),
        Arguments.of("seven bytes", new byte[7], "expected at least 8 bytes, got 7"),
        Arguments.of("too long a header", file(1000, good, 8), "claims 1000 bytes"),
        Arguments.of("negative length", file(-1, good, 8), "claims 18446744073709551615 bytes"),
        Arguments.of("data cut", file(good, 7), "ends at byte 8 of the data, the file has 7"),
        Arguments.of("data too long", file(good, 9), "expected 8 bytes of data, got 9"),
        Arguments.of("no JSON", file("{\"a\"", 8), "not valid JSON"),
        Arguments.of("no object", file("[1,2]", 0), "must be a JSON object"),
        Arguments.of(
            "same name twice", file(good.replace("}}", "},\"a\":{}}"), 8), "not valid JSON"),
        Arguments.of("dtype", file(good.replace("F32", "Q4"), 8), "got \"Q4\""),
        Arguments.of("shape", file(good.replace("[2]", "[3]"), 8), "needs 12 bytes"),
        Arguments.of("negative axis", file(good.replace("[2]", "[-2]"), 8), "got [-2]"),
        Arguments.of("fractional axis", file(good.replace("[2]", "[2.5]"), 8), "got [2.5]"),
        Arguments.of(
            "overflow",
            file(good.replace("[2]", "[4294967296,4294967296,2]"), 8),
            "[4294967296,4294967296,2] is too large"),
        Arguments.of("one offset", file(good.replace("[0,8]", "[8]"), 8), "must be two numbers"),
        Arguments.of("hole", file(good.replace("[0,8]", "[4,12]"), 12), "must begin at byte 0"),
        Arguments.of(
            "overlap",
            file(
                good.replace(
                    "}}", "},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"),
                8),
            "tensor 'b' must begin at byte 8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void damagedFilesAreOneClearLine(String name, byte[] bytes, String expected) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, bytes);

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = folder.resolve("whole.safetensors");
    Safetensors.of(
            Map.of("step", "1"),
            List.of(StoredTensor.of("a", ElementType.F64, new long[] {3}, 1, 2, 3)))
        .write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .as("first %d of %d bytes", length, whole.length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    StoredTensor tensor = StoredTensor.of("a", ElementType.F32, new long[] {1}, 1);
    assertThatThrownBy(() -> Safetensors.of(Map.of(), List.of(tensor, tensor)))
        .hasMessage("two tensors are named 'a'");
  }

  private static byte[] file(String header, int data) {
    return file(header.length(), header, data);
  }

  private static byte[] file(long claimed, String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(claimed)
        .put(text)
        .array();
  }
}
