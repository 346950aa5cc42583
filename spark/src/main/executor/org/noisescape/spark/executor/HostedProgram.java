package org.noisescape.spark.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program where an executor runs: jars and folders that lie where the driver has them, with the
 * same bytes, are used in place; others are brought over once.
 */
public final class HostedProgram {
  private final DriverLink link;
  private final DriverLink.Program program;
  private final Path copies;

  HostedProgram(DriverLink link, DriverLink.Program program, Path copies) {
    this.link = link;
    this.program = program;
    this.copies = copies;
  }

  /** The words that start the program in a JVM like that of the driver. */
  List<String> words() throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    for (int i = 0; i < program.entries().size(); i++) {
      DriverLink.Entry entry = program.entries().get(i);
      Path there = Path.of(entry.path());
      classPath.add((same(there, entry) ? there : copy(i, entry)).toString());
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(program.flags());
    words.add("-cp");
    words.add(String.join(System.getProperty("path.separator"), classPath));
    words.add(program.main());
    return words;
  }

  private static boolean same(Path there, DriverLink.Entry entry) throws IOException {
    boolean folder = isFolder(entry);
    if (folder
        ? !Files.isDirectory(there)
            || !new FolderFiles(there).sizes().keySet().equals(Map.copyOf(sizes(entry)).keySet())
        : !Files.isRegularFile(there)) {
      return false;
    }
    for (int i = 0; i < entry.names().size(); i++) {
      Path file = there.resolve(entry.names().get(i));
      if (!isFolder(entry.names().get(i))
          && (Files.size(file) != entry.sizes()[i]
              || !MessageDigest.isEqual(digest(file), entry.digests()[i]))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Long> sizes(DriverLink.Entry entry) {
    Map<String, Long> sizes = new java.util.HashMap<>();
    for (int i = 0; i < entry.names().size(); i++) {
      sizes.put(entry.names().get(i), entry.sizes()[i]);
    }
    return sizes;
  }

  private static boolean isFolder(DriverLink.Entry entry) {
    return !entry.names().equals(List.of(""));
  }

  private static boolean isFolder(String name) {
    return name.endsWith("/");
  }

  /** Brings an entry over, under its own name in a folder of its number. */
  private Path copy(int number, DriverLink.Entry entry) throws IOException, InterruptedException {
    Path target =
        copies.resolve(Integer.toString(number)).resolve(Path.of(entry.path()).getFileName());
    FolderFiles.remove(target.getParent());
    Files.createDirectories(isFolder(entry) ? target : target.getParent());
    for (int i = 0; i < entry.names().size(); i++) {
      String name = entry.names().get(i);
      Path file = name.isEmpty() ? target : target.resolve(name);
      if (isFolder(name)) {
        Files.createDirectories(file);
        continue;
      }
      Files.createDirectories(file.getParent());
      FolderFiles.write(file, 0, new byte[0]);
      for (long done = 0; done < entry.sizes()[i]; ) {
        byte[] part = link.library(number, i, done);
        if (part.length == 0) {
          throw new IOException(entry.path() + " has changed while it was brought over");
        }
        FolderFiles.write(file, done, part);
        done += part.length;
      }
      if (!MessageDigest.isEqual(digest(file), entry.digests()[i])) {
        throw new IOException(entry.path() + " has changed since the driver began");
      }
    }
    return target;
  }

  /** SHA-256 of a file. */
  public static byte[] digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return digested.getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
