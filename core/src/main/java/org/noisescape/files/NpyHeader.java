package org.noisescape.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the elements of a NumPy array, in a file {@code .npy} or as an entry of an
 * {@code .npz}.
 *
 * <p>Source: NumPy's {@code numpy.lib.format}, versions 1.0, 2.0 and 3.0: magic, version, length of
 * the text, and a Python dictionary with {@code descr}, {@code fortran_order} and {@code shape}.
 * Only these three keys, each once, and plain literals are read; nothing is evaluated.
 *
 * @param type of the elements
 * @param order of the bytes of an element
 * @param fortran whether the first index varies fastest, as in Fortran; else the last, as in C
 * @param shape lengths of the axes; none for a single number
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record NpyHeader(NpyType type, ByteOrder order, boolean fortran, long... shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Characters of a header that NumPy itself trusts. */
  private static final int LONGEST = 10_000;

  private static final int MOST_AXES = 32;
  private static final int ALIGNMENT = 64;

  /** Room that NumPy (from 1.23 on) leaves for the first axis to grow in place. */
  private static final int GROWTH = 21;

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?:'(\\w+)'|\"(\\w+)\")\\s*:\\s*('[^'\\\\]*'|\"[^\"\\\\]*\"|True|False|\\([^()]*\\))\\s*(,|(?=\\}))");
  private static final Pattern END = Pattern.compile("\\s*\\}\\s*");
  private static final Pattern AXES =
      Pattern.compile("\\(\\s*(?:\\d+L?\\s*,\\s*)*(?:\\d+L?\\s*)?\\)");

  /** The header of an array to write: little-endian, the last index fastest. */
  public static NpyHeader of(NpyType type, long... shape) {
    return new NpyHeader(type, ByteOrder.LITTLE_ENDIAN, false, shape);
  }

  /**
   * Reads a header; the stream then stands before the first element.
   *
   * @param file where it lies, for the complaint
   * @param array how the array is called, for the complaint
   * @throws WrongFile where it is no header, or one of an array that is not of plain numbers
   */
  public static NpyHeader read(Path file, String array, InputStream in) throws IOException {
    byte[] begin = in.readNBytes(MAGIC.length + 2);
    if (begin.length < MAGIC.length + 2
        || !Arrays.equals(MAGIC, Arrays.copyOf(begin, MAGIC.length))) {
      throw wrong(file, array, "is no NumPy array: save it with numpy.save or numpy.savez");
    }
    int major = begin[MAGIC.length];
    if (major < 1 || major > 3 || begin[MAGIC.length + 1] != 0) {
      throw wrong(
          file,
          array,
          "has version %d.%d of NumPy's format, 1.0, 2.0 and 3.0 are read"
              .formatted(major & 0xff, begin[MAGIC.length + 1] & 0xff));
    }
    int digits = major == 1 ? Short.BYTES : Integer.BYTES;
    byte[] size = in.readNBytes(digits);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << Byte.SIZE | size[i] & 0xff;
    }
    if (size.length < digits || length > LONGEST) {
      throw wrong(
          file,
          array,
          "claims a header of %d bytes, at most %d are read: save it again"
              .formatted(length, LONGEST));
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length) {
      throw wrong(file, array, "is truncated within its header: copy the file again");
    }
    return parse(file, array, new String(text, StandardCharsets.UTF_8));
  }

  private static NpyHeader parse(Path file, String array, String text) {
    if (text.matches("(?s).*['\"]descr['\"]\\s*:\\s*\\[.*")) {
      throw wrong(file, array, "holds records of several fields: save each field as an array");
    }
    Map<String, String> values = entries(text);
    String descr = unquoted(values.getOrDefault("descr", ""));
    String fortran = values.getOrDefault("fortran_order", "");
    String shape = values.getOrDefault("shape", "");
    if (values.size() != 3
        || descr.isEmpty()
        || !(fortran.equals("True") || fortran.equals("False"))
        || !AXES.matcher(shape).matches()) {
      throw wrong(
          file,
          array,
          "has a header that NumPy does not write, '%s': save it again"
              .formatted(Printable.shortened(text.strip(), 200)));
    }
    NpyType type =
        NpyType.of(descr.substring(1)).filter(found -> ordered(found, descr)).orElse(null);
    if (type == null) {
      throw wrong(
          file,
          array,
          "has elements of type '%s', %s"
              .formatted(descr, remedy(descr.charAt(Math.min(1, descr.length() - 1)))));
    }
    return new NpyHeader(
        type,
        descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        fortran.equals("True"),
        axes(file, array, shape));
  }

  /** Keys and values as they are written; empty where the text is no dictionary of literals. */
  private static Map<String, String> entries(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = ENTRY.matcher(text);
    int at = text.indexOf('{') + 1;
    boolean more = text.strip().startsWith("{");
    while (more && matcher.region(at, text.length()).lookingAt()) {
      String key = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      if (values.put(key, matcher.group(3)) != null) {
        return Map.of();
      }
      at = matcher.end();
      more = !matcher.group(4).isEmpty();
    }
    return END.matcher(text).region(at, text.length()).matches() ? values : Map.of();
  }

  private static String unquoted(String value) {
    return value.length() < 2 ? "" : value.substring(1, value.length() - 1);
  }

  private static boolean ordered(NpyType type, String descr) {
    char order = descr.charAt(0);
    return order == '<' || order == '>' || (order == '|' && type.bytes() == 1);
  }

  private static String remedy(char kind) {
    return switch (kind) {
      case 'O' ->
          "Python objects, which are not read: save numbers, as with array.astype('float32')";
      case 'U', 'S' ->
          "text: save numbers, as those of numpy.unique(array, return_inverse=True)[1]";
      case 'c' -> "complex numbers: save real and imaginary parts";
      default -> "bool, int8 to int64, uint8 to uint64 and float16 to float64 are read";
    };
  }

  private static long[] axes(Path file, String array, String shape) {
    String[] words = shape.substring(1, shape.length() - 1).split(",");
    long[] axes =
        Arrays.stream(words)
            .map(word -> word.replace("L", "").strip())
            .filter(word -> !word.isEmpty())
            .mapToLong(word -> word.length() > 18 ? -1 : Long.parseLong(word))
            .toArray();
    long elements = 1;
    for (long axis : axes) {
      elements =
          axis < 0 || elements < 0 || (axis > 0 && elements > Long.MAX_VALUE / 8 / axis)
              ? -1
              : elements * axis;
    }
    if (axes.length > MOST_AXES || elements < 0) {
      throw wrong(
          file,
          array,
          "claims the shape %s, more than a file can hold: save it again"
              .formatted(Printable.shortened(shape, 200)));
    }
    return axes;
  }

  private static WrongFile wrong(Path file, String array, String what) {
    return new WrongFile(file, "array '%s' %s".formatted(array, what));
  }

  /** The number of elements. */
  public long elements() {
    long elements = 1;
    for (long axis : shape) {
      elements = Math.multiplyExact(elements, axis);
    }
    return elements;
  }

  /**
   * Magic, version and text, byte for byte as NumPy 1.23 and later write them in version 1.0; the
   * elements follow at a multiple of 64 bytes.
   */
  public byte[] bytes() {
    char mark = type.bytes() == 1 ? '|' : order == ByteOrder.BIG_ENDIAN ? '>' : '<';
    String axes =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "))
            + (shape.length == 1 ? "," : "");
    String text =
        "{'descr': '%s%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(mark, type.code(), fortran ? "True" : "False", axes);
    if (shape.length > 0) {
      long growing = shape[fortran ? shape.length - 1 : 0];
      text += " ".repeat(GROWTH - Long.toString(growing).length());
    }
    int before = MAGIC.length + 2 + Short.BYTES;
    int filled = before + text.length() + 1;
    text += " ".repeat(ALIGNMENT - filled % ALIGNMENT) + "\n";
    return ByteBuffer.allocate(before + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
