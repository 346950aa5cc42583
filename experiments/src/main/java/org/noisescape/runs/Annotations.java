package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;

/**
 * What people say of a run: tags and notes, in a file of their own beside what was asked for and
 * what came of it. They change no run: none of its configuration is in them.
 *
 * @param tags words, none twice, in the order in which they were given
 * @param notes from the first to the last
 */
public record Annotations(List<String> tags, List<Note> notes) {
  /** Name of the file in the folder of a run or a sweep. */
  public static final String FILE = "annotations.json";

  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:/+-]{0,63}");
  private static final int LONGEST_NOTE = 4000;
  private static final int MOST = 1000;

  /** Nothing said. */
  public static final Annotations NONE = new Annotations(List.of(), List.of());

  /**
   * A remark.
   *
   * @param time when it was made, ISO 8601
   * @param text what it says
   */
  public record Note(String time, String text) {}

  /** Copies, and checks. */
  public Annotations {
    tags = List.copyOf(new LinkedHashSet<>(tags));
    notes = List.copyOf(notes);
    tags.forEach(Annotations::requireTag);
    for (Note note : notes) {
      if (note.text().isBlank() || note.text().length() > LONGEST_NOTE) {
        throw new IllegalArgumentException(
            "a note has 1 to %d characters, got %d".formatted(LONGEST_NOTE, note.text().length()));
      }
    }
    if (tags.size() > MOST || notes.size() > MOST) {
      throw new IllegalArgumentException("a run has at most " + MOST + " tags, and as many notes");
    }
  }

  private static void requireTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException(
          "a tag is a word of at most 64 letters, digits and _ . : / + -, got '%s'".formatted(tag));
    }
  }

  /** What is said now: tags, and notes of this moment. */
  public static Annotations now(List<String> tags, List<String> notes) {
    String time = Instant.now().toString();
    return new Annotations(tags, notes.stream().map(text -> new Note(time, text)).toList());
  }

  /**
   * What is said of a run; nothing where it has no such file.
   *
   * @throws org.noisescape.files.WrongFile naming the field that is wrong
   */
  public static Annotations read(Path run) {
    if (Files.notExists(run.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return NONE;
    }
    Path file = InputFile.within(run, FILE);
    Fields fields = Fields.read(file);
    List<Note> notes = new ArrayList<>();
    fields
        .objects("notes")
        .forEach(each -> notes.add(new Note(each.text("time"), each.text("text"))));
    try {
      return new Annotations(fields.texts("tags"), notes);
    } catch (IllegalArgumentException e) {
      throw e instanceof org.noisescape.files.WrongFile wrong
          ? wrong
          : new org.noisescape.files.WrongFile(file, e.getMessage(), e);
    }
  }

  /** Whether nothing is said. */
  public boolean isEmpty() {
    return tags.isEmpty() && notes.isEmpty();
  }

  /** Both, of a tag that both have one. */
  public Annotations with(Annotations more) {
    List<String> allTags = new ArrayList<>(tags);
    allTags.addAll(more.tags);
    List<Note> allNotes = new ArrayList<>(notes);
    allNotes.addAll(more.notes);
    return new Annotations(allTags, allNotes);
  }

  /**
   * The same without some tags.
   *
   * @throws IllegalArgumentException where one is not there
   */
  public Annotations without(List<String> removed) {
    Set<String> left = new LinkedHashSet<>(tags);
    for (String tag : removed) {
      if (!left.remove(tag)) {
        throw new IllegalArgumentException(
            tags.isEmpty()
                ? "there is no tag to take off, got '%s'".formatted(tag)
                : "there is no tag '%s' to take off; there are %s"
                    .formatted(tag, String.join(", ", tags)));
      }
    }
    return new Annotations(List.copyOf(left), notes);
  }

  /** Writes them into the folder of a run. */
  public void write(Path run) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    tags.forEach(node.putArray("tags")::add);
    ArrayNode list = node.putArray("notes");
    notes.forEach(note -> list.addObject().put("time", note.time()).put("text", note.text()));
    try {
      JsonFile.write(run.resolve(FILE), node);
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }
}
