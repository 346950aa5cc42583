package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.CatalogueEntry.Archive;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.download.Digest;
import org.noisescape.datasets.download.Downloader;
import org.noisescape.datasets.download.FolderLock;
import org.noisescape.datasets.download.RetryPolicy;
import org.noisescape.datasets.download.ScriptedServer;
import org.noisescape.datasets.download.TransferProgress;

final class EntryFetchTest {
  private static final byte[] CONTENTS =
      "the contents, which are not quite short".repeat(9_000).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARCHIVE = gzip(CONTENTS);
  private static final int HALF = ARCHIVE.length / 2;

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final CountDownLatch proceed = new CountDownLatch(1);
  @TempDir private Path folder;

  @AfterEach
  void stopServers() {
    proceed.countDown();
    servers.forEach(ScriptedServer::close);
  }

  @Test
  void fetchedFileIsThereUnderItsNameAndNothingElse() {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));

    Path made = fetch(entry(server.address("/data.gz")), TransferProgress.SILENT);

    assertThat(made).isEqualTo(folder.resolve("set"));
    assertThat(made.resolve("data.gz")).hasBinaryContent(ARCHIVE);
    assertThat(names(made)).containsExactlyInAnyOrder("data.gz", FolderLock.FILE);
  }

  @Test
  void finalNameDoesNotExistBeforeTheFileIsComplete() {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    List<Boolean> there = new ArrayList<>();

    fetch(
        entry(server.address("/data.gz")),
        (file, bytes, total) -> there.add(Files.exists(folder.resolve("set/data.gz"))));

    assertThat(there).isNotEmpty().containsOnly(false);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    CatalogueEntry entry = entry(server.address("/data.gz"));

    fetch(entry, TransferProgress.SILENT);
    fetch(entry, TransferProgress.SILENT);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void archiveWithTheRightDigestAndOtherContentsIsRefused() {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    CatalogueEntry entry = entry(server.address("/data.gz"), Digest.sha256(new byte[3]));

    assertThatThrownBy(() -> fetch(entry, TransferProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(Digest.sha256(new byte[3]).toString())
        .hasMessageContaining(Digest.sha256(CONTENTS).toString());
    assertThat(folder.resolve("set/data.gz")).doesNotExist();
  }

  @Test
  void fileOfTheUserIsNeverOverwritten() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    Files.createDirectories(folder.resolve("set"));
    Files.writeString(folder.resolve("set/data"), "mine");

    assertThatThrownBy(() -> fetch(entry(server.address("/data.gz")), TransferProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("set/data").toString());

    assertThat(folder.resolve("set/data")).hasContent("mine");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void offlineSaysWhatToCopyWhere() {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    CatalogueEntry entry = entry(server.address("/data.gz"));

    assertThatThrownBy(
            () ->
                new EntryFetch(downloader())
                    .fetch(entry, location().withOffline(true), TransferProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("go online")
        .hasMessageContaining("data into " + folder.resolve("set"));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void folderThatCannotBeMadeIsOneLine() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(ARCHIVE, "\"1\""));
    Files.writeString(folder.resolve("set"), "a file in the way");

    assertThatThrownBy(() -> fetch(entry(server.address("/data.gz")), TransferProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("set").toString())
        .hasMessageContaining("another data folder")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void twoThreadsFetchOnce() throws InterruptedException, ExecutionException {
    ScriptedServer server = server(afterRelease());
    CatalogueEntry entry = entry(server.address("/data.gz"));
    CountDownLatch waiting = new CountDownLatch(1);
    TransferProgress progress = new Listener(waiting::countDown);

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Path> first = threads.submit(() -> fetch(entry, progress));
      Future<Path> second = threads.submit(() -> fetch(entry, progress));
      waiting.await();
      proceed.countDown();
      assertThat(first.get()).isEqualTo(second.get());
    }

    assertThat(server.requests()).hasSize(1);
    assertThat(folder.resolve("set/data.gz")).hasBinaryContent(ARCHIVE);
  }

  @Test
  void twoProcessesFetchOnce() throws IOException, InterruptedException {
    ScriptedServer server = server(afterRelease());
    Process other = otherProcess(server.address("/data.gz"));
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("0");

      fetch(entry(server.address("/data.gz")), new Listener(proceed::countDown));

      assertThat(other.waitFor()).isZero();
    } finally {
      other.destroyForcibly();
    }
    assertThat(server.requests()).hasSize(1);
    assertThat(folder.resolve("set/data.gz")).hasBinaryContent(ARCHIVE);
  }

  @Test
  void fetchOfAKilledProcessIsResumed() throws IOException, InterruptedException {
    ScriptedServer server = server(afterRelease());
    Process other = otherProcess(server.address("/data.gz"));
    try (BufferedReader output = other.inputReader()) {
      String line = output.readLine();
      while (!line.equals(Integer.toString(HALF))) {
        line = output.readLine();
      }
      other.destroyForcibly().waitFor();
    }
    assertThat(folder.resolve("set/data.gz")).doesNotExist();
    assertThat(folder.resolve("set/data.gz.part")).hasSize(HALF);
    proceed.countDown();

    fetch(entry(server.address("/data.gz")), TransferProgress.SILENT);

    assertThat(server.requests().getLast().header("Range")).isEqualTo("bytes=" + HALF + "-");
    assertThat(folder.resolve("set/data.gz")).hasBinaryContent(ARCHIVE);
  }

  /** A second process of the tests below: fetches, and prints every count of bytes. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[1]);
      new EntryFetch(downloader())
          .fetch(
              entry(URI.create(arguments[0])),
              new DataLocation(Optional.of(folder), Optional.empty(), folder, false),
              (file, bytes, total) -> System.out.println(bytes));
    }
  }

  /** Runs something when the fetch has to wait for another one. */
  private record Listener(Runnable onWaiting) implements TransferProgress {
    @Override
    public void transferred(String file, long bytes, long total) {}

    @Override
    public void waiting(String folder) {
      onWaiting.run();
    }
  }

  private Process otherProcess(URI address) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            address.toString(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Path fetch(CatalogueEntry entry, TransferProgress progress) {
    return new EntryFetch(downloader()).fetch(entry, location(), progress);
  }

  private DataLocation location() {
    return new DataLocation(Optional.of(folder), Optional.empty(), folder, false);
  }

  private static Downloader downloader() {
    Duration patience = Duration.ofMinutes(1);
    return new Downloader(
        new RetryPolicy(patience, patience, 1, Duration.ZERO, Duration.ZERO), duration -> {});
  }

  private static CatalogueEntry entry(URI address) {
    return entry(address, Digest.sha256(CONTENTS));
  }

  private static CatalogueEntry entry(URI address, Digest contents) {
    return new CatalogueEntry(
        "test-set",
        "a set of one file",
        0,
        0,
        "this test",
        "none",
        Optional.of("set"),
        List.of(
            new Archive(
                "data.gz",
                ARCHIVE.length,
                Digest.sha256(ARCHIVE),
                List.of(address),
                List.of(new Content("data", CONTENTS.length, contents)))));
  }

  /** Sends half, then waits to be released; resumes without waiting. */
  private ScriptedServer.Answer afterRelease() {
    return (request, out) -> {
      if (!request.header("Range").isEmpty()) {
        ScriptedServer.serving(ARCHIVE, "\"1\"").write(request, out);
        return;
      }
      ScriptedServer.head(out, 200, "Content-Length: " + ARCHIVE.length, "ETag: \"1\"");
      out.write(ARCHIVE, 0, HALF);
      out.flush();
      try {
        proceed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      out.write(ARCHIVE, HALF, ARCHIVE.length - HALF);
    };
  }

  private ScriptedServer server(ScriptedServer.Answer answer) {
    ScriptedServer server = new ScriptedServer(answer);
    servers.add(server);
    return server;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
