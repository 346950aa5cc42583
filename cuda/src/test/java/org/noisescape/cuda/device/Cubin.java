package org.noisescape.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cubin says of its kernels, without NVIDIA's tools.
 *
 * <p>A cubin is an ELF file: section {@code .text.K} holds the instructions of kernel K, {@code
 * .nv.info} a list of attributes by the number of K's symbol. The attributes' numbers are those
 * that {@code cuobjdump -elf} prints as EIATTR_REGCOUNT and EIATTR_FRAME_SIZE.
 */
final class Cubin {
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;
  private static final int SYMBOLS = 2;

  /** An attribute with a value of a size of its own; all others take four bytes. */
  private static final int SIZED = 4;

  private static final int REGISTERS = 0x2f;
  private static final int FRAME = 0x11;
  private static final String TEXT = ".text.";

  /**
   * A compiled kernel.
   *
   * @param registers of a thread
   * @param localBytes of a thread: what did not fit into registers, and arrays
   * @param code its instructions, 16 bytes each
   */
  record Code(int registers, int localBytes, byte[] code) {}

  private record Section(String name, int type, int offset, int size, int link) {}

  private final ByteBuffer file;
  private final List<Section> sections = new ArrayList<>();

  private Cubin(byte[] image) {
    this.file = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) file.getLong(0x28);
    int count = file.getShort(0x3C);
    int names = offset(table, file.getShort(0x3E));
    for (int i = 0; i < count; i++) {
      int at = table + i * SECTION_BYTES;
      sections.add(
          new Section(
              text(names + file.getInt(at)),
              file.getInt(at + 4),
              offset(table, i),
              (int) file.getLong(at + 32),
              file.getInt(at + 40)));
    }
  }

  /** The kernels of a cubin by name. */
  static Map<String, Code> kernels(byte[] image) {
    return new Cubin(image).kernels();
  }

  private int offset(int table, int section) {
    return (int) file.getLong(table + section * SECTION_BYTES + 24);
  }

  private String text(int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), at, end - at, StandardCharsets.UTF_8);
  }

  private Map<String, Code> kernels() {
    Map<String, Integer> registers = attribute(REGISTERS);
    Map<String, Integer> frames = attribute(FRAME);
    Map<String, Code> kernels = new TreeMap<>();
    for (Section section : sections) {
      if (section.name.startsWith(TEXT)) {
        String name = section.name.substring(TEXT.length());
        byte[] code = new byte[section.size];
        file.get(section.offset, code);
        kernels.put(name, new Code(registers.get(name), frames.getOrDefault(name, 0), code));
      }
    }
    return kernels;
  }

  /** Values of an attribute by the name of the symbol they belong to. */
  private Map<String, Integer> attribute(int wanted) {
    List<String> symbols = symbols();
    Map<String, Integer> values = new TreeMap<>();
    for (Section section : sections) {
      if (!section.name.equals(".nv.info")) {
        continue;
      }
      int end = section.offset + section.size;
      for (int at = section.offset; at < end; ) {
        int size = file.get(at) == SIZED ? file.getShort(at + 2) : 0;
        if (size == 8 && file.get(at + 1) == wanted) {
          values.put(symbols.get(file.getInt(at + 4)), file.getInt(at + 8));
        }
        at += 4 + size;
      }
    }
    return values;
  }

  private List<String> symbols() {
    List<String> names = new ArrayList<>();
    for (Section section : sections) {
      if (section.type == SYMBOLS) {
        int texts = sections.get(section.link).offset;
        for (int at = 0; at < section.size; at += SYMBOL_BYTES) {
          names.add(text(texts + file.getInt(section.offset + at)));
        }
      }
    }
    return names;
  }
}
