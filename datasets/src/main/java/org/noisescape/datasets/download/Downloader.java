package org.noisescape.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches a file from the first mirror that delivers it whole.
 *
 * <p>Bytes go to {@code NAME.part} and stay there when anything fails, so that the next try, mirror
 * or process resumes; a part that is whole and has the wrong digest is deleted. The caller gives
 * the part its final name. Not for two callers in one folder at once: see {@link FolderLock}.
 */
public final class Downloader {
  private final RetryPolicy policy;
  private final Pause pause;

  /** A downloader of this patience, which waits by pause. */
  public Downloader(RetryPolicy policy, Pause pause) {
    this.policy = policy;
    this.pause = pause;
  }

  /**
   * Fetches a file into a folder that exists.
   *
   * @return the complete and flushed {@code NAME.part}, whose digest is the expected one
   * @throws DownloadException where no mirror delivers, or the disk does not take it
   */
  public Path fetch(Download download, Path folder, TransferProgress progress)
      throws DownloadException {
    PartFile part = new PartFile(folder, download.fileName());
    Disk.requireFree(folder, download.bytes() - part.size());
    List<String> failures = new ArrayList<>();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(policy.connectTimeout())
            .build();
    try {
      for (URI mirror : download.mirrors()) {
        Transfer transfer = new Transfer(client, policy, download, mirror, part, progress);
        String failure = fetchFrom(transfer, part, download, progress);
        if (failure == null) {
          return part.path();
        }
        failures.add(mirror + ": " + failure);
        progress.retrying(mirror + ": " + failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException(
          "interrupted while fetching " + download.fileName() + "; fetch again to resume", e);
    } finally {
      client.shutdownNow();
    }
    throw new DownloadException(
        "cannot fetch "
            + download.fileName()
            + " ("
            + String.join("; ", failures)
            + "); try again later, which resumes, or copy the file into "
            + folder);
  }

  /** Tries one mirror until it delivers or has failed too often; null is success. */
  private String fetchFrom(
      Transfer transfer, PartFile part, Download download, TransferProgress progress)
      throws DownloadException, InterruptedException {
    int failures = 0;
    while (true) {
      long before = part.size();
      Duration wait;
      String reason;
      try {
        boolean resumed = transfer.run();
        if (part.matches(download.digest())) {
          return null;
        }
        String actual = part.actual(download.digest());
        part.delete();
        reason = "expected " + download.digest() + ", got " + actual;
        if (!resumed) {
          return reason;
        }
        // The bytes of an earlier try may be the wrong ones: once more, all from this mirror.
        progress.retrying(reason);
        continue;
      } catch (Transfer.Refused e) {
        return e.getMessage();
      } catch (Transfer.Busy e) {
        reason = e.getMessage();
        wait = policy.capped(e.retryAfter().orElse(policy.delay(failures + 1)));
      } catch (DownloadException e) {
        throw e;
      } catch (IOException e) {
        reason = Transfer.reason(e);
        wait = policy.delay(failures + 1);
      }
      failures = part.size() - before >= RetryPolicy.PROGRESS ? 0 : failures + 1;
      if (failures >= policy.attempts()) {
        return reason;
      }
      progress.retrying(reason);
      pause.pause(wait);
    }
  }
}
