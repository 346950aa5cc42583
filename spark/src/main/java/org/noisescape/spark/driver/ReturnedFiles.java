package org.noisescape.spark.driver;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellFolder;
import org.noisescape.files.Printable;
import org.noisescape.runs.RunDirectory;
import org.noisescape.spark.executor.FolderFiles;

/**
 * Files of a cell that came back from an executor, kept aside until all parts are there, and then
 * put into the cell's folder, each by one rename.
 *
 * <p>In an order in which the folder is that of a run that was cut off wherever this process ends:
 * the manifest first, lines of measurements before the checkpoints that count them, and last what
 * says that the run came to its end.
 *
 * @param cell its folder, and its log beside it
 * @param aside where parts are kept
 */
record ReturnedFiles(CellFolder cell, Path aside) {
  private static final int LONGEST = 1000;
  private static final List<String> ENDS = List.of(RunDirectory.RESULT, RunDirectory.OUTCOME);

  /** Keeps a part of a file aside. */
  void store(String name, long offset, byte[] part) throws IOException {
    Path file = aside.resolve(own(name));
    Files.createDirectories(file.getParent());
    FolderFiles.write(file, offset, part);
  }

  /**
   * Puts into the cell's folder what was kept aside.
   *
   * @param files names and sizes of all that has changed
   * @param gone names of files that the executor's folder no longer has
   * @throws IOException before anything is changed, where a part is missing
   */
  void keep(Map<String, Long> files, List<String> gone) throws IOException {
    List<String> names = new ArrayList<>(files.keySet());
    names.sort(Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder()));
    for (String name : names) {
      Path file = aside.resolve(own(name));
      if (!isFolder(name)
          && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              || Files.size(file) != files.get(name))) {
        throw new IOException(name + " did not come back whole");
      }
    }
    for (String name : names) {
      Path target = parent().resolve(own(name));
      requireNoLink(target);
      if (isFolder(name)) {
        Files.createDirectories(target);
        continue;
      }
      Files.createDirectories(target.getParent());
      try (FileChannel channel = FileChannel.open(aside.resolve(name), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          aside.resolve(name),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    for (String name : gone.reversed()) {
      Path target = parent().resolve(own(name));
      requireNoLink(target);
      Files.deleteIfExists(target);
    }
    discard();
  }

  /** Forgets what is kept aside. */
  void discard() throws IOException {
    FolderFiles.remove(aside);
  }

  /** The names and sizes of what the cell's folder holds now. */
  Map<String, Long> held() throws IOException {
    Map<String, Long> held = new java.util.TreeMap<>();
    new FolderFiles(cell.path())
        .sizes()
        .forEach((name, size) -> held.put(folder() + "/" + name, size));
    return held;
  }

  /** A part of a file of the cell's folder. */
  byte[] part(String name, long offset, int most) throws IOException {
    Path file = parent().resolve(own(name));
    requireNoLink(file);
    return FolderFiles.part(file, offset, most);
  }

  private int rank(String name) {
    if (name.equals(folder() + "/" + RunDirectory.MANIFEST)) {
      return 0;
    }
    if (ENDS.contains(name.substring(name.indexOf('/') + 1))) {
      return 4;
    }
    if (isFolder(name)) {
      return 1;
    }
    return name.endsWith(".safetensors") ? 3 : 2;
  }

  private static boolean isFolder(String name) {
    return name.endsWith("/");
  }

  private Path parent() {
    return cell.path().getParent();
  }

  private String folder() {
    return cell.path().getFileName().toString();
  }

  /**
   * A name, where it is that of the cell's log or of a file below its folder.
   *
   * @throws IOException where it leads elsewhere
   */
  private String own(String name) throws IOException {
    boolean log = name.equals(cell.log().getFileName().toString());
    boolean below = name.startsWith(folder() + "/") && name.length() <= LONGEST;
    if (!log && below) {
      String inner = isFolder(name) ? name.substring(0, name.length() - 1) : name;
      for (String part : inner.split("/", -1)) {
        below &=
            !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.indexOf('\\') < 0
                && part.chars().noneMatch(Character::isISOControl);
      }
    }
    if (!log && !below) {
      throw new IOException("not a file of cell " + folder() + ": '" + Printable.text(name) + "'");
    }
    return name;
  }

  private void requireNoLink(Path target) throws IOException {
    for (Path each = target; !each.equals(parent()); each = each.getParent()) {
      if (Files.isSymbolicLink(each)) {
        throw new IOException(
            each + " is a link, which is not followed; put a folder or file there");
      }
    }
  }
}
