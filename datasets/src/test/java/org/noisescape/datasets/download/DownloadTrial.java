package org.noisescape.datasets.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.download.ScriptedServer.Answer;

/** A folder, servers that answer as a test says, and a downloader whose pauses are only noted. */
abstract class DownloadTrial {
  static final int LENGTH = 300_007;
  static final int HALF = 150_000;
  static final byte[] FILE = bytes(LENGTH, 1);
  static final String TAG = "\"v1\"";

  final List<Duration> pauses = new ArrayList<>();
  final List<ScriptedServer> servers = new ArrayList<>();
  final CountDownLatch testOver = new CountDownLatch(1);
  @TempDir Path folder;

  @AfterEach
  void stopServers() {
    testOver.countDown();
    servers.forEach(ScriptedServer::close);
  }

  Path fetch(ScriptedServer... mirrors) throws IOException {
    return fetch(policy(Duration.ofSeconds(20), 3), mirrors);
  }

  Path fetch(RetryPolicy policy, ScriptedServer... mirrors) throws IOException {
    return new Downloader(policy, pauses::add)
        .fetch(download(mirrors), folder, TransferProgress.SILENT);
  }

  static Download download(ScriptedServer... mirrors) {
    List<URI> addresses = Arrays.stream(mirrors).map(m -> m.address("/file.gz")).toList();
    return new Download("file.gz", LENGTH, Digest.sha256(FILE), addresses);
  }

  static RetryPolicy policy(Duration stall, int attempts) {
    return new RetryPolicy(
        Duration.ofSeconds(20), stall, attempts, Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  ScriptedServer server(Answer answer) {
    ScriptedServer server = new ScriptedServer(answer);
    servers.add(server);
    return server;
  }

  /** Each answer once, the last one for all further requests. */
  ScriptedServer inTurn(List<Answer> answers) {
    List<Answer> left = new ArrayList<>(answers);
    return server(
        (request, out) -> {
          Answer next;
          synchronized (left) {
            next = left.size() > 1 ? left.removeFirst() : left.getFirst();
          }
          next.write(request, out);
        });
  }

  Answer halfThenSilence() {
    return (request, out) -> {
      ScriptedServer.head(out, 200, "Content-Length: " + LENGTH, "ETag: " + TAG);
      out.write(FILE, 0, HALF);
      out.flush();
      untilTheTestIsOver();
    };
  }

  void untilTheTestIsOver() throws IOException {
    try {
      testOver.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  void leavePart(byte[] bytes) throws IOException {
    Files.write(folder.resolve("file.gz.part"), bytes);
  }

  static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8) * seed + seed);
    }
    return bytes;
  }
}
