package org.noisescape.spark.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.noisescape.cells.JavaCommand;
import org.noisescape.spark.executor.DriverLink;
import org.noisescape.spark.executor.FolderFiles;
import org.noisescape.spark.executor.HostedProgram;

/** What the program is made of, for executors that may have it too. */
final class ProgramFiles {
  /** The oldest Java that runs it. */
  private static final int JAVA = 25;

  private final JavaCommand java;
  private CompletableFuture<List<Entry>> entries;

  ProgramFiles(JavaCommand java) {
    this.java = java;
  }

  private record Entry(Path path, List<String> names, List<Long> sizes, List<byte[]> digests) {
    static Entry of(Path path) {
      try {
        Entry entry = new Entry(path, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (Files.isDirectory(path)) {
          for (Map.Entry<String, Long> file : new FolderFiles(path).sizes().entrySet()) {
            entry.add(file.getKey(), file.getValue());
          }
        } else {
          entry.add("", Files.size(path));
        }
        return entry;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private void add(String name, long size) throws IOException {
      names.add(name);
      sizes.add(size);
      digests.add(name.endsWith("/") ? new byte[0] : HostedProgram.digest(path.resolve(name)));
    }

    Object[] message() {
      return new Object[] {
        path.toString(),
        names.toArray(String[]::new),
        sizes.stream().mapToLong(Long::longValue).toArray(),
        digests.toArray(byte[][]::new)
      };
    }
  }

  /** The answer to {@link DriverLink#PROGRAM}; digests are computed when it is first asked. */
  synchronized Object[] answer(Executor on) {
    if (entries == null) {
      entries =
          CompletableFuture.supplyAsync(
              () ->
                  java.classPath().stream()
                      .map(Path::of)
                      .filter(Files::exists)
                      .map(Entry::of)
                      .toList(),
              on);
    }
    if (!entries.isDone()) {
      return new Object[] {DriverLink.WAIT};
    }
    return new Object[] {
      DriverLink.GO,
      java.flags().toArray(String[]::new),
      java.main(),
      JAVA,
      entries.join().stream().map(Entry::message).toArray()
    };
  }

  /** A part of a file. */
  byte[] part(int entry, int file, long offset) throws IOException {
    Entry asked = entries.join().get(entry);
    return FolderFiles.part(asked.path().resolve(asked.names().get(file)), offset, DriverLink.PART);
  }
}
