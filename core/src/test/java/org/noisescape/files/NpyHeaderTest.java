package org.noisescape.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that NumPy wrote; the recipe is src/test/python/make_npy_goldens.py. */
class NpyHeaderTest {
  private static final Path FILE = Path.of("data.npz");
  private static final double[] TABLE = {0, 1, 2, 10, 11, 12};

  @ParameterizedTest
  @EnumSource(NpyType.class)
  void everyKindOfElementsIsReadAndItsHeaderWrittenAsNumPyDoes(NpyType type) throws IOException {
    byte[] file = golden(type.code());
    InputStream in = new ByteArrayInputStream(file);
    NpyHeader header = NpyHeader.read(FILE, "x", in);
    assertThat(header.type()).isEqualTo(type);
    assertThat(header.fortran()).isFalse();
    assertThat(header.shape()).containsExactly(2, 3);
    assertThat(header.elements()).isEqualTo(6);
    double[] expected =
        type == NpyType.B1 ? DoubleStream.of(TABLE).map(v -> v % 2).toArray() : TABLE;
    assertThat(numbers(header, in)).containsExactly(expected);
    byte[] written = NpyHeader.of(type, 2, 3).bytes();
    assertThat(written).isEqualTo(Arrays.copyOf(file, written.length));
    assertThat(written.length + 6 * type.bytes()).isEqualTo(file.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"second", "third"})
  void laterVersionsAreRead(String name) throws IOException {
    InputStream in = new ByteArrayInputStream(golden(name));
    assertThat(numbers(NpyHeader.read(FILE, "x", in), in)).containsExactly(TABLE);
  }

  @Test
  void otherOrdersOfBytesAndOfElementsAreTold() throws IOException {
    InputStream big = new ByteArrayInputStream(golden("big"));
    NpyHeader header = NpyHeader.read(FILE, "x", big);
    assertThat(header.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(numbers(header, big)).containsExactly(TABLE);
    assertThat(header.bytes()).isEqualTo(Arrays.copyOf(golden("big"), 128));
    InputStream columns = new ByteArrayInputStream(golden("fortran"));
    header = NpyHeader.read(FILE, "x", columns);
    assertThat(header.fortran()).isTrue();
    assertThat(numbers(header, columns)).containsExactly(0, 10, 1, 11, 2, 12);
    assertThat(header.bytes()).isEqualTo(Arrays.copyOf(golden("fortran"), 128));
  }

  @Test
  void numbersAndLinesHaveTheirShapes() throws IOException {
    NpyHeader single = read(golden("single"));
    assertThat(single.shape()).isEmpty();
    assertThat(single.elements()).isEqualTo(1);
    assertThat(single.bytes()).isEqualTo(Arrays.copyOf(golden("single"), 128));
    NpyHeader line = read(golden("line"));
    assertThat(line.shape()).containsExactly(5);
    assertThat(line.bytes()).isEqualTo(Arrays.copyOf(golden("line"), 128));
  }

  @Test
  void integersOfSixtyFourBitsKeepTheirSign() {
    ByteBuffer ones = ByteBuffer.allocate(8).putLong(0, -1);
    assertThat(NpyType.U8.number(ones, 0)).isEqualTo(0x1p64);
    assertThat(NpyType.I8.number(ones, 0)).isEqualTo(-1);
    assertThat(NpyType.U4.whole(ones, 0)).isEqualTo(0xffff_ffffL);
    assertThat(NpyType.I1.whole(ones, 0)).isEqualTo(-1);
    assertThat(NpyType.B1.whole(ones, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "text, 'type ''<U3'', text: save numbers'",
    "objects, 'type ''|O'', Python objects'",
    "records, records of several fields"
  })
  void whatHoldsNoPlainNumbersIsRefused(String name, String what) throws IOException {
    byte[] file = golden(name);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith("data.npz: array 'x' ")
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}; ",
        "{\"shape\":(2L,3L),\"fortran_order\":False,\"descr\":\"<f4\",}; ",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'shape': (2, 3)}; not write",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': True}; not write",
        "{'descr': '<f4', 'fortran_order': False}; not write",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}; not write",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} + {}; not write",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3)}; not write",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, __import__('os'))}; not write",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,, 3)}; not write",
        "{'descr': '|f4', 'fortran_order': False, 'shape': (2, 3)}; type '|f4'",
        "{'descr': 'f', 'fortran_order': False, 'shape': (2, 3)}; type 'f'",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3)}; complex",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}; more than a",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999, 0)}; more than a",
        "[]; not write",
        "{; not write"
      })
  void nothingButThreeLiteralsIsRead(String text, String complaint) throws IOException {
    byte[] file = framed(text);
    if (complaint == null) {
      assertThat(read(file).shape()).containsExactly(2, 3);
    } else {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(WrongFile.class)
          .hasMessageStartingWith("data.npz: array 'x' ")
          .hasMessageContaining(complaint);
    }
  }

  @Test
  void whatIsCutOffOrClaimsTooMuchIsRefused() throws IOException {
    byte[] file = golden("second");
    for (int length = 0; length < 128; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(WrongFile.class);
    }
    byte[] lying = file.clone();
    Arrays.fill(lying, 8, 12, (byte) 0xff);
    assertThatThrownBy(() -> read(lying)).hasMessageContaining("4294967295 bytes");
    byte[] later = file.clone();
    later[6] = 4;
    assertThatThrownBy(() -> read(later)).hasMessageContaining("version 4.0");
  }

  private static byte[] framed(String text) {
    return ByteBuffer.allocate(10 + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(golden("f4"), 0, 8)
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static NpyHeader read(byte[] file) throws IOException {
    return NpyHeader.read(FILE, "x", new ByteArrayInputStream(file));
  }

  private static double[] numbers(NpyHeader header, InputStream in) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(header.order());
    double[] numbers = new double[(int) header.elements()];
    assertThat(bytes.remaining()).isEqualTo(numbers.length * header.type().bytes());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = header.type().number(bytes, i * header.type().bytes());
    }
    return numbers;
  }

  private static byte[] golden(String name) {
    try (InputStream in = NpyHeaderTest.class.getResourceAsStream("/npy/" + name + ".npy")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
