package org.noisescape.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.noisescape.random.RandomStream;

/** Ways to damage a file, each a function of the file and of a random stream. */
enum Damage {
  /** The file is empty. */
  EMPTY {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      Files.write(file, new byte[0]);
    }
  },
  /** The file ends early. */
  CUT {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(Math.max(1, bytes.length))));
    }
  },
  /** A few bytes are others. */
  BYTES {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
        // the beginning of a binary file is what says how to read it
        int reach = random.nextDouble() < 0.5 ? Math.min(64, bytes.length) : bytes.length;
        bytes[random.nextInt(reach)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
    }
  },
  /** A stretch of bytes stands in the middle that was not there. */
  INSERTED {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int at = random.nextInt(bytes.length + 1);
      byte[] more = STRETCHES[random.nextInt(STRETCHES.length)];
      ByteBuffer longer = ByteBuffer.allocate(bytes.length + more.length);
      longer.put(bytes, 0, at).put(more).put(bytes, at, bytes.length - at);
      Files.write(file, longer.array());
    }
  },
  /** Four or eight bytes are a number at an edge. */
  NUMBER {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length >= 8) {
        long value = NUMBERS[random.nextInt(NUMBERS.length)];
        int at = random.nextInt(Math.min(32, bytes.length - 7));
        ByteOrder order =
            random.nextDouble() < 0.5 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        if (random.nextDouble() < 0.5) {
          buffer.putInt(at, (int) value);
        } else {
          buffer.putLong(at, value);
        }
        Files.write(file, bytes);
      }
    }
  },
  /** A line is missing, there twice, or in another place. */
  LINE {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      List<String> lines = new ArrayList<>(List.of(text(file).split("\n", -1)));
      String line = lines.remove(random.nextInt(lines.size()));
      if (random.nextDouble() < 0.7) {
        lines.add(random.nextInt(lines.size() + 1), line);
      }
      if (random.nextDouble() < 0.5) {
        lines.add(random.nextInt(lines.size() + 1), line);
      }
      Files.writeString(file, String.join("\n", lines), StandardCharsets.ISO_8859_1);
    }
  },
  /** A value of a JSON text, or of a line of it, is another or not there. */
  JSON {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      List<String> lines = new ArrayList<>(List.of(text(file).split("\n", -1)));
      boolean whole = !file.toString().endsWith(".jsonl");
      int row = whole ? 0 : random.nextInt(lines.size());
      String part = whole ? String.join("\n", lines) : lines.get(row);
      String damaged = damagedJson(part, random);
      if (whole) {
        lines = List.of(damaged);
      } else {
        lines.set(row, damaged);
      }
      Files.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
  },
  /** A number in a text is another. */
  DIGITS {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      String text = text(file);
      String[] parts = text.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].isEmpty() && Character.isDigit(parts[i].charAt(0))) {
          numbers.add(i);
        }
      }
      if (!numbers.isEmpty()) {
        int chosen = numbers.get(random.nextInt(numbers.size()));
        parts[chosen] = DIGIT_TEXTS[random.nextInt(DIGIT_TEXTS.length)];
        Files.writeString(file, String.join("", parts), StandardCharsets.ISO_8859_1);
      }
    }
  },
  /** A folder stands in its place. */
  FOLDER {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      World.delete(file);
      Files.createDirectories(file.resolve("inner"));
    }
  },
  /** A pipe without a writer stands in its place. */
  PIPE {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      Files.delete(file);
      try {
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  },
  /** A link to a device, to itself, or to a file of somebody else. */
  LINK {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      Files.delete(file);
      String[] targets = {"/dev/zero", "/dev/full", file.toString(), "/etc/passwd", "/nowhere/x"};
      Files.createSymbolicLink(file, Path.of(targets[random.nextInt(targets.length)]));
    }
  },
  /** The file is far longer than it was. */
  HUGE {
    @Override
    void to(Path file, RandomStream random) throws IOException {
      try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
        opened.setLength(random.nextDouble() < 0.5 ? 1L << 33 : (1L << 31) + 5);
      }
    }
  };

  private static final JsonMapper JSON_MAPPER = JsonMapper.builder().build();

  private static final byte[][] STRETCHES = {
    {(byte) 0xC3, (byte) 0x28, (byte) 0xFF},
    {0},
    "\u001b[2J\u0007".getBytes(StandardCharsets.UTF_8),
    "\n\n".getBytes(StandardCharsets.UTF_8),
    "{\"".getBytes(StandardCharsets.UTF_8),
    "<script>alert(1)</script>]]>".getBytes(StandardCharsets.UTF_8),
    "NaN,Infinity,-1e999".getBytes(StandardCharsets.UTF_8),
    new byte[5000],
    "[".repeat(5000).getBytes(StandardCharsets.UTF_8)
  };

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    255,
    65_536,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0x7FFF_FFF7L,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x0102_0304L,
    100_000_001L
  };

  private static final String[] DIGIT_TEXTS = {
    "0",
    "1",
    "2",
    "-1",
    "7",
    "1000000",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "99999999999999999999",
    "1e400",
    "1e-400",
    "NaN",
    "",
    "null",
    "0x10"
  };

  private static final String[] JSON_TEXTS = {
    "null",
    "true",
    "-1",
    "0",
    "1",
    "3.5",
    "1000000",
    "2147483648",
    "9223372036854775807",
    "99999999999999999999",
    "1e400",
    "-0.0",
    "\"\"",
    "\"x\"",
    "\"NaN\"",
    "\"../../../etc/passwd\"",
    "\"\\u0000\\u001b[2J\"",
    "\"\\ud800\"",
    "\"<script>alert(1)</script>\"",
    "[]",
    "{}",
    "[null]",
    "{\"a\":1}",
    "[".repeat(3000) + "]".repeat(3000),
    "\"" + "x".repeat(300_000) + "\""
  };

  /** Damages a file in place. */
  abstract void to(Path file, RandomStream random) throws IOException;

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static String damagedJson(String text, RandomStream random) {
    JsonNode tree;
    try {
      tree = JSON_MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
    List<Runnable> places = new ArrayList<>();
    String mark = "@@damaged@@";
    collect(tree, places, mark, random);
    if (places.isEmpty()) {
      return text;
    }
    places.get(random.nextInt(places.size())).run();
    String replacement = JSON_TEXTS[random.nextInt(JSON_TEXTS.length)];
    return tree.toString().replace("\"" + mark + "\"", replacement);
  }

  /** Every place of a tree: what runs puts the mark there, or takes the entry away. */
  private static void collect(
      JsonNode tree, List<Runnable> places, String mark, RandomStream random) {
    if (tree instanceof ObjectNode object) {
      Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        String key = field.getKey();
        places.add(
            () -> {
              if (random.nextDouble() < 0.15) {
                object.remove(key);
              } else {
                object.put(key, mark);
              }
            });
        collect(field.getValue(), places, mark, random);
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(() -> array.set(index, array.textNode(mark)));
        collect(array.get(i), places, mark, random);
      }
    }
  }
}
