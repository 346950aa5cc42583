package org.noisescape.datasets;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.Decimal;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.registry.NearestName;

/**
 * The rows of a text file of columns, one after the other (RFC 4180, in UTF-8): commas, semicolons
 * or tabs between, quotes around what holds them, empty lines passed over, blanks around a value
 * left out.
 *
 * <p>The first row holds names unless one of its values is a number, or an option says otherwise;
 * columns without names are called 0, 1, ….
 */
final class CsvTable implements AutoCloseable {
  static final Map<String, Character> SEPARATORS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t');

  /** Characters of a row. */
  private static final int LONGEST = 1 << 22;

  private static final int FIRST_LINE = 1 << 20;
  private static final char QUOTE = '"';
  private static final char MARK = '\ufeff';

  private final Path path;
  private final MessageDigest message = Digest.start();
  private final Bounded reader;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> names;
  private Optional<CSVRecord> first;
  private long line;

  /**
   * Opens a file and reads its first row.
   *
   * @param header whether the first row holds names, empty to look at it
   * @param separator between columns, empty to look at the first line
   */
  CsvTable(Path path, Optional<Boolean> header, Optional<Character> separator) {
    this.path = path;
    Bounded opened = null;
    try {
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(
                  new DigestInputStream(InputFile.stream(path), message),
                  StandardCharsets.UTF_8.newDecoder()));
      opened = new Bounded(text);
      text.mark(1);
      if (text.read() != MARK) {
        text.reset();
      }
      char between = separator.isPresent() ? separator.get() : separator(text);
      this.reader = opened;
      this.parser =
          CSVFormat.RFC4180
              .builder()
              .setDelimiter(between)
              .setIgnoreEmptyLines(true)
              .setIgnoreSurroundingSpaces(true)
              .setTrim(true)
              .get()
              .parse(opened);
      this.records = parser.iterator();
      this.first = record();
      if (first.isEmpty()) {
        throw new DataException(path + ": holds no rows");
      }
      List<String> values = first.get().toList();
      boolean named = header.orElseGet(() -> values.stream().noneMatch(CsvTable::isNumber));
      this.names =
          named ? values : IntStream.range(0, values.size()).mapToObj(Integer::toString).toList();
      if (named) {
        first = Optional.empty();
      }
    } catch (WrongFile e) {
      throw new DataException(e.getMessage(), e);
    } catch (IOException e) {
      close(opened);
      throw failure(e);
    } catch (DataException e) {
      close(opened);
      throw e;
    }
  }

  /** The names of the columns. */
  List<String> names() {
    return names;
  }

  /** The number of a column by its name, or from 0 on, or from −1, the last one, back. */
  int column(String word) {
    int named = names.indexOf(word);
    if (named >= 0) {
      if (names.lastIndexOf(word) > named) {
        throw new DataException(
            "%s: column '%s' is there twice: give its number, from 0".formatted(path, word));
      }
      return named;
    }
    int number = word.matches("-?\\d{1,6}") ? Integer.parseInt(word) : names.size();
    int column = number < 0 ? names.size() + number : number;
    if (column < 0 || column >= names.size()) {
      throw new DataException(
          "%s: %s, or a number from 0 to %d"
              .formatted(path, NearestName.unknown("column", word, names), names.size() - 1));
    }
    return column;
  }

  /** The next row, empty at the end. */
  Optional<CSVRecord> next() {
    Optional<CSVRecord> next = first.isPresent() ? first : record();
    first = Optional.empty();
    if (next.isPresent() && next.get().size() != names.size()) {
      throw wrong(
          "has %d columns, the first row has %d".formatted(next.get().size(), names.size()));
    }
    return next;
  }

  private Optional<CSVRecord> record() {
    try {
      reader.allow();
      if (!records.hasNext()) {
        return Optional.empty();
      }
      line = parser.getCurrentLineNumber();
      return Optional.of(records.next());
    } catch (UncheckedIOException e) {
      throw failure(e.getCause());
    } catch (IllegalStateException e) {
      throw failure(e.getCause() instanceof IOException io ? io : new IOException(e.getMessage()));
    }
  }

  /** A complaint about the row that was read last. */
  DataException wrong(String what) {
    return new DataException("%s: line %d %s".formatted(path, line, what));
  }

  /** The digest of all that was read. */
  Digest digest() {
    return Digest.finish(message);
  }

  static boolean isNumber(String text) {
    try {
      Decimal.parse(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** What stands between most columns of the first line. */
  private static char separator(BufferedReader text) throws IOException {
    text.mark(FIRST_LINE);
    int[] counts = new int[Character.MAX_VALUE + 1];
    boolean quoted = false;
    int read = 0;
    for (int c = text.read(); c >= 0 && (quoted || c != '\n' && c != '\r'); c = text.read()) {
      quoted ^= c == QUOTE;
      counts[c] += quoted ? 0 : 1;
      if (++read == FIRST_LINE) {
        break;
      }
    }
    text.reset();
    return counts[';'] > Math.max(counts[','], counts['\t'])
        ? ';'
        : counts['\t'] > counts[','] ? '\t' : ',';
  }

  private DataException failure(IOException e) {
    String what =
        e instanceof CharacterCodingException ? "is not UTF-8 text" : FileErrors.reason(e);
    long near = parser == null ? 1 : Math.max(1, parser.getCurrentLineNumber());
    return new DataException("%s: line %d or soon after: %s".formatted(path, near, what), e);
  }

  @Override
  public void close() {
    close(reader);
  }

  private static void close(Reader reader) {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      // nothing was written, and what was read is complete or already reported
      return;
    }
  }

  /** Gives no more characters for a row than one may have. */
  private static final class Bounded extends FilterReader {
    private long left = LONGEST;

    Bounded(Reader in) {
      super(in);
    }

    void allow() {
      left = LONGEST;
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      count(c < 0 ? -1 : 1);
      return c;
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
      int got = super.read(buffer, offset, count);
      count(got);
      return got;
    }

    private void count(int got) throws IOException {
      left -= got;
      if (left < 0) {
        throw new IOException("a row of more than %d characters".formatted(LONGEST));
      }
    }
  }
}
