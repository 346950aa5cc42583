package org.noisescape.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text file, one after the other, so that whoever needs few reads few. */
public final class LineInput implements AutoCloseable {
  private static final long LONGEST = 1 << 28;

  private final Path file;
  private final BufferedReader reader;
  private int number;

  /** Opens a file. */
  public LineInput(Path file) {
    this.file = file;
    FileChannel channel = InputFile.open(file);
    this.reader =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(channel), StandardCharsets.UTF_8.newDecoder()));
    try {
      if (channel.size() > LONGEST) {
        close();
        throw new WrongFile(
            file, "is larger than the %d bytes that are read of it".formatted(LONGEST));
      }
    } catch (IOException e) {
      close();
      throw InputFile.unreadable(file, e);
    }
  }

  /** All lines of a file. */
  public static List<String> all(Path file) {
    try (LineInput in = new LineInput(file)) {
      List<String> lines = new ArrayList<>();
      for (String line = in.next(); line != null; line = in.next()) {
        lines.add(line);
      }
      return lines;
    }
  }

  /** The next line, or null. */
  public String next() {
    try {
      number++;
      return reader.readLine();
    } catch (CharacterCodingException e) {
      throw new WrongFile(file, "is not UTF-8 text at line %d or soon after".formatted(number), e);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // nothing was written, and what was read is complete
      return;
    }
  }
}
