package org.noisescape.datasets.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WholeFile;

/**
 * Lets one fetch at a time, of all processes, into a folder.
 *
 * <p>A lock on the file {@value #FILE}, which the system gives up when its process dies; the file
 * itself stays, since deleting it would let two processes lock two files of one name. Threads of
 * one process, which share such locks, are kept apart by a lock in memory.
 */
public final class FolderLock implements AutoCloseable {
  /** The file that is locked. */
  public static final String FILE = ".noisescape-fetch.lock";

  private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final ReentrantLock inProcess;
  private final FileChannel channel;

  private FolderLock(ReentrantLock inProcess, FileChannel channel) {
    this.inProcess = inProcess;
    this.channel = channel;
  }

  /** Creates the folder where needed and waits for the right to fetch into it. */
  public static FolderLock acquire(Path folder, TransferProgress progress)
      throws DownloadException {
    Disk.createFolder(folder);
    FileChannel channel = null;
    ReentrantLock inProcess = null;
    boolean acquired = false;
    try {
      inProcess = IN_PROCESS.computeIfAbsent(folder.toRealPath(), key -> new ReentrantLock());
      boolean announced = !inProcess.tryLock();
      if (announced) {
        progress.waiting(folder.toString());
        inProcess.lockInterruptibly();
      }
      channel = WholeFile.open(folder.resolve(FILE));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        if (!announced) {
          progress.waiting(folder.toString());
        }
        lock = channel.lock();
      }
      acquired = lock.isValid();
      return new FolderLock(inProcess, channel);
    } catch (IOException e) {
      throw new DownloadException(
          "cannot write to the folder "
              + folder
              + ": "
              + FileErrors.reason(e)
              + "; choose another data folder",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException("interrupted while waiting to fetch into " + folder, e);
    } finally {
      if (!acquired) {
        release(inProcess, channel);
      }
    }
  }

  @Override
  public void close() {
    release(inProcess, channel);
  }

  private static void release(ReentrantLock inProcess, FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The system gives the lock up when this process ends; the data are already on disk.
      return;
    } finally {
      if (inProcess != null && inProcess.isHeldByCurrentThread()) {
        inProcess.unlock();
      }
    }
  }
}
