package org.noisescape.datasets.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.noisescape.files.FileErrors;

/** Steps on the disk that must not be half done. */
final class Disk {
  private Disk() {}

  /** Makes a folder, with its parents. */
  static void createFolder(Path folder) throws DownloadException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DownloadException(
          "cannot create the folder "
              + folder
              + ": "
              + FileErrors.reason(e)
              + "; choose another data folder",
          e);
    }
  }

  /** Fails where less than the wanted bytes are free. */
  static void requireFree(Path folder, long bytes) throws DownloadException {
    long free;
    try {
      free = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      // Where the file system does not say, writing will.
      return;
    }
    if (free < bytes) {
      throw new DownloadException(
          "the disk of "
              + folder
              + " has "
              + free
              + " bytes free, "
              + bytes
              + " are needed; make room or choose another data folder");
    }
  }

  /** Gives a finished and flushed file its name, in one step that survives a crash. */
  static void publish(Path finished, Path target) throws DownloadException {
    try {
      Files.move(
          finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DownloadException(
          "cannot rename " + finished + " to " + target.getFileName() + ": " + FileErrors.reason(e),
          e);
    }
    flushFolder(target.toAbsolutePath().getParent());
  }

  /** Makes a rename durable where the platform can open folders; elsewhere it does so itself. */
  private static void flushFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows refuses to open folders, and its renames are journaled.
      return;
    }
  }
}
