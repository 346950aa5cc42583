package org.noisescape.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** Waits for files, by what the system says of their folders. */
final class Arrivals {
  private Arrivals() {}

  /** Returns when a file is there. */
  static void await(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      Path there = file.getParent();
      while (!Files.isDirectory(there)) {
        there = there.getParent();
      }
      try (WatchService service = there.getFileSystem().newWatchService()) {
        there.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        Path wanted = there.resolve(there.relativize(file).getName(0));
        // it may have come between the look and the registration
        while (!Files.exists(wanted)) {
          WatchKey key = service.take();
          key.pollEvents();
          key.reset();
        }
      }
    }
  }
}
