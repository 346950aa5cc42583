package org.noisescape.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Why operations on files fail, in words, with a remedy where there is one. */
public final class FileErrors {
  /** What systems say, by its beginning, and what we say. */
  private static final Map<String, String> SAID =
      Map.of(
          "No space left on device", "no space left on device; make room, or choose another place",
          "Disk quota exceeded", "the disk quota is exceeded; make room, or choose another place",
          "Read-only file system", "the file system is read-only; choose another place",
          "File name too long", "the name is too long; choose a shorter one",
          "Too many open files", "too many open files; raise the limit of 'ulimit -n'",
          "Too many levels of symbolic links", "its links lead in a circle",
          "Not a directory", "a file is in the way",
          "Is a directory", "it is a folder",
          "Input/output error", "input/output error of the device");

  private FileErrors() {}

  /** One phrase for why a file operation failed. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file is in the way";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a folder that holds files is in the way";
    }
    if (e instanceof FileSystemLoopException) {
      return "its links lead in a circle";
    }
    boolean named = e instanceof FileSystemException failure && failure.getReason() != null;
    String said = named ? ((FileSystemException) e).getReason() : e.getMessage();
    if (said == null) {
      return e.getClass().getSimpleName();
    }
    return SAID.entrySet().stream()
        .filter(entry -> said.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(said);
  }

  /**
   * The line for the user about a failure of files, wherever it was caught and wrapped.
   *
   * @param failure an {@link IOException}, or what carries one
   */
  public static String line(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof WriteFailure || each instanceof WrongFile) {
        return each.getMessage();
      }
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof FileSystemException system) {
        String said = failure.getMessage();
        boolean bare = said == null || said.equals(system.getMessage());
        return Printable.text(bare ? system.getFile() + ": " + reason(system) : said);
      }
    }
    String said = failure.getMessage();
    return Printable.text(said == null ? failure.getClass().getSimpleName() : said);
  }
}
