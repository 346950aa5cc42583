package org.noisescape.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.download.ScriptedServer.Answer;

final class DownloaderTest {
  private static final int LENGTH = 300_007;
  private static final int HALF = 150_000;
  private static final byte[] FILE = bytes(LENGTH, 1);
  private static final String TAG = "\"v1\"";

  private final List<Duration> pauses = new ArrayList<>();
  private final List<ScriptedServer> servers = new ArrayList<>();
  private final CountDownLatch testOver = new CountDownLatch(1);
  @TempDir private Path folder;

  @AfterEach
  void stopServers() {
    testOver.countDown();
    servers.forEach(ScriptedServer::close);
  }

  @Test
  void deliversTheBytesAsThePart() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));

    Path part = fetch(server);

    assertThat(part).isEqualTo(folder.resolve("file.gz.part")).hasBinaryContent(FILE);
    assertThat(folder.resolve("file.gz")).doesNotExist();
    assertThat(pauses).isEmpty();
  }

  @Test
  void redirectIsFollowedAndKeepsTheRange() throws IOException {
    ScriptedServer target = server(ScriptedServer.serving(FILE, TAG));
    ScriptedServer origin =
        server(ScriptedServer.status(302, "Location: " + target.address("/elsewhere")));
    leavePart(Arrays.copyOf(FILE, HALF));

    assertThat(fetch(origin)).hasBinaryContent(FILE);

    assertThat(target.requests().getFirst().header("Range")).isEqualTo("bytes=" + HALF + "-");
  }

  @Test
  void missingFileSendsToTheNextMirrorAtOnce() throws IOException {
    ScriptedServer without = server(ScriptedServer.status(404));
    ScriptedServer with = server(ScriptedServer.serving(FILE, TAG));

    assertThat(fetch(without, with)).hasBinaryContent(FILE);

    assertThat(without.requests()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void busyServerIsAskedAgainWhenItSays() throws IOException {
    List<Answer> answers =
        List.of(
            ScriptedServer.status(503, "Retry-After: 7"),
            ScriptedServer.status(503, "Retry-After: 86400"),
            ScriptedServer.serving(FILE, TAG));

    assertThat(fetch(inTurn(answers))).hasBinaryContent(FILE);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20));
  }

  @Test
  void serverThatStaysBusyIsGivenUpWithGrowingDelays() throws IOException {
    ScriptedServer busy = server(ScriptedServer.status(503));
    ScriptedServer with = server(ScriptedServer.serving(FILE, TAG));

    assertThat(fetch(busy, with)).hasBinaryContent(FILE);

    assertThat(busy.requests()).hasSize(3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void truncatedBodyIsResumedWhereItEnded() throws IOException {
    Answer truncating =
        (request, out) -> {
          ScriptedServer.head(out, 200, "Content-Length: " + LENGTH, "ETag: " + TAG);
          out.write(FILE, 0, HALF);
        };
    ScriptedServer server = inTurn(List.of(truncating, ScriptedServer.serving(FILE, TAG)));

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests().getLast().header("Range")).isEqualTo("bytes=" + HALF + "-");
    assertThat(server.requests().getLast().header("If-Range")).isEqualTo(TAG);
  }

  @Test
  void silentServerIsLeftAndTheNextOneResumes() throws IOException {
    ScriptedServer silent = inTurn(List.of(halfThenSilence(), ScriptedServer.status(404)));
    ScriptedServer with = server(ScriptedServer.serving(FILE, "\"another\""));

    Path part = fetch(policy(Duration.ofSeconds(1), 3), silent, with);

    assertThat(part).hasBinaryContent(FILE);
    assertThat(with.requests().getFirst().header("Range")).isEqualTo("bytes=" + HALF + "-");
    assertThat(with.requests().getFirst().header("If-Range")).isEmpty();
  }

  @Test
  void corruptBytesAreDeletedAndTheNextMirrorStartsAfresh() throws IOException {
    ScriptedServer corrupt = server(ScriptedServer.serving(bytes(LENGTH, 2), TAG));
    ScriptedServer with = server(ScriptedServer.serving(FILE, TAG));

    assertThat(fetch(corrupt, with)).hasBinaryContent(FILE);

    assertThat(corrupt.requests()).hasSize(1);
    assertThat(with.requests().getFirst().header("Range")).isEmpty();
  }

  @Test
  void whereAllMirrorsFailTheLineNamesEachAndNothingIsLeft() {
    ScriptedServer corrupt = server(ScriptedServer.serving(bytes(LENGTH, 2), TAG));
    ScriptedServer without = server(ScriptedServer.status(404));

    assertThatThrownBy(() -> fetch(corrupt, without))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(corrupt.address("/file.gz") + ": expected " + Digest.sha256(FILE))
        .hasMessageContaining(Digest.sha256(bytes(LENGTH, 2)).toString())
        .hasMessageContaining(without.address("/file.gz") + ": HTTP 404")
        .hasMessageContaining("copy the file into " + folder)
        .message()
        .doesNotContain("\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void serverThatIgnoresRangeStartsFromZero() throws IOException {
    ScriptedServer server =
        server(
            (request, out) -> {
              ScriptedServer.head(out, 200, "Content-Length: " + LENGTH);
              out.write(FILE);
            });
    leavePart(Arrays.copyOf(FILE, HALF));

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void unsatisfiableRangeStartsFromZero() throws IOException {
    Answer refusing =
        (request, out) -> {
          if (request.header("Range").isEmpty()) {
            ScriptedServer.serving(FILE, TAG).write(request, out);
          } else {
            ScriptedServer.head(out, 416, "Content-Length: 0");
          }
        };
    leavePart(Arrays.copyOf(FILE, HALF));

    assertThat(fetch(server(refusing))).hasBinaryContent(FILE);
  }

  @Test
  void answerToAnotherRangeIsNotTaken() throws IOException {
    Answer offByOne =
        (request, out) -> {
          ScriptedServer.head(
              out, 206, "Content-Range: bytes " + (HALF + 1) + "-" + (LENGTH - 1) + "/" + LENGTH);
          out.write(FILE, HALF + 1, LENGTH - HALF - 1);
        };
    leavePart(Arrays.copyOf(FILE, HALF));

    ScriptedServer server = inTurn(List.of(offByOne, ScriptedServer.serving(FILE, TAG)));
    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests())
        .extracting(request -> request.header("Range"))
        .containsExactly("bytes=" + HALF + "-", "");
  }

  @Test
  void shortBodyOfUnknownLengthIsResumed() throws IOException {
    Answer shortened =
        (request, out) -> {
          ScriptedServer.head(out, 200);
          out.write(FILE, 0, HALF);
        };
    ScriptedServer server = inTurn(List.of(shortened, ScriptedServer.serving(FILE, TAG)));

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests().getLast().header("Range")).isEqualTo("bytes=" + HALF + "-");
  }

  @Test
  void bytesBeforeAStartFromZeroAreNotCounted() throws IOException {
    int quarter = HALF / 2;
    Answer ignoringRangeAndTruncating =
        (request, out) -> {
          ScriptedServer.head(out, 200, "Content-Length: " + LENGTH);
          out.write(FILE, 0, quarter);
        };
    leavePart(bytes(HALF, 3));
    ScriptedServer server =
        inTurn(List.of(ignoringRangeAndTruncating, ScriptedServer.serving(FILE, TAG)));

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests())
        .extracting(request -> request.header("Range"))
        .containsExactly("bytes=" + HALF + "-", "bytes=" + quarter + "-");
  }

  @Test
  void partOfAnotherVersionIsReplacedByTheEntityTag() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));
    leavePart(bytes(HALF, 3));
    Files.writeString(
        folder.resolve("file.gz.part.origin"), server.address("/file.gz") + "\n\"v0\"\n");

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void partOfUnknownOriginWithWrongBytesIsReplacedByTheDigest() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));
    leavePart(bytes(HALF, 3));

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests())
        .extracting(request -> request.header("Range"))
        .containsExactly("bytes=" + HALF + "-", "");
  }

  @Test
  void partThatIsWholeNeedsNoRequest() throws IOException {
    ScriptedServer server = server(ScriptedServer.status(500));
    leavePart(FILE);

    assertThat(fetch(server)).hasBinaryContent(FILE);

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void partThatIsTooLongIsFetchedAgain() throws IOException {
    leavePart(Arrays.copyOf(FILE, LENGTH + 1));

    assertThat(fetch(server(ScriptedServer.serving(FILE, TAG)))).hasBinaryContent(FILE);
  }

  @Test
  void bodyWithoutEndIsCutOff() throws IOException {
    ScriptedServer endless =
        server(
            (request, out) -> {
              ScriptedServer.head(out, 200);
              while (testOver.getCount() > 0) {
                out.write(FILE);
              }
            });

    assertThatThrownBy(() -> fetch(endless))
        .hasMessageContaining("sends more than the expected " + LENGTH + " bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void pageOfAnotherLengthIsNotTakenForTheFile() {
    ScriptedServer page =
        server(
            (request, out) -> {
              ScriptedServer.head(out, 200, "Content-Length: 5");
              out.write("sorry".getBytes(StandardCharsets.US_ASCII));
            });

    assertThatThrownBy(() -> fetch(page))
        .hasMessageContaining("expected " + LENGTH + " bytes, the server has 5");
  }

  @Test
  void connectionRefusedSendsToTheNextMirrorAtOnce() throws IOException {
    ScriptedServer gone = server(ScriptedServer.status(200));
    gone.close();

    assertThat(fetch(gone, server(ScriptedServer.serving(FILE, TAG)))).hasBinaryContent(FILE);

    assertThat(pauses).isEmpty();
  }

  @Test
  void silenceBeforeTheAnswerEndsTheAttempt() {
    ScriptedServer silent = server((request, out) -> untilTheTestIsOver());

    assertThatThrownBy(() -> fetch(policy(Duration.ofMillis(200), 2), silent))
        .hasMessageContaining("no answer in time");
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void fullDiskIsOneLineAndNoReasonToAskAgain() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "/dev/full, where every write fails, is a thing of Linux");
    PartFile part = new PartFile(folder, "file.gz");
    PartFile.Writer writer = part.new Writer(FileChannel.open(full, StandardOpenOption.WRITE), 0);

    assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(FILE)))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("cannot write " + folder.resolve("file.gz.part") + ": no space left")
        .hasMessageContaining("make room");
  }

  @Test
  void aLinkInThePlaceOfAPartIsNotFollowedNorAskedForAgain() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createSymbolicLink(folder.resolve("file.gz.part"), precious);
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));

    assertThatThrownBy(() -> fetch(server))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("it is a link, which is not followed");
    assertThat(Files.readString(precious)).isEqualTo("precious");
  }

  @Test
  void progressCountsEarlierBytesAndEndsAtTheTotal() throws IOException {
    List<Long> counts = new ArrayList<>();
    leavePart(Arrays.copyOf(FILE, HALF));
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));

    new Downloader(policy(Duration.ofSeconds(20), 3), pauses::add)
        .fetch(
            download(server),
            folder,
            (file, bytes, total) -> {
              assertThat(file).isEqualTo("file.gz");
              assertThat(total).isEqualTo(LENGTH);
              counts.add(bytes);
            });

    assertThat(counts).isSorted().first().isEqualTo((long) HALF);
    assertThat(counts.getLast()).isEqualTo(LENGTH);
  }

  private Path fetch(ScriptedServer... mirrors) throws IOException {
    return fetch(policy(Duration.ofSeconds(20), 3), mirrors);
  }

  private Path fetch(RetryPolicy policy, ScriptedServer... mirrors) throws IOException {
    return new Downloader(policy, pauses::add)
        .fetch(download(mirrors), folder, TransferProgress.SILENT);
  }

  private static Download download(ScriptedServer... mirrors) {
    List<URI> addresses = Arrays.stream(mirrors).map(m -> m.address("/file.gz")).toList();
    return new Download("file.gz", LENGTH, Digest.sha256(FILE), addresses);
  }

  private static RetryPolicy policy(Duration stall, int attempts) {
    return new RetryPolicy(
        Duration.ofSeconds(20), stall, attempts, Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  private ScriptedServer server(Answer answer) {
    ScriptedServer server = new ScriptedServer(answer);
    servers.add(server);
    return server;
  }

  /** Each answer once, the last one for all further requests. */
  private ScriptedServer inTurn(List<Answer> answers) {
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

  private Answer halfThenSilence() {
    return (request, out) -> {
      ScriptedServer.head(out, 200, "Content-Length: " + LENGTH, "ETag: " + TAG);
      out.write(FILE, 0, HALF);
      out.flush();
      untilTheTestIsOver();
    };
  }

  private void untilTheTestIsOver() throws IOException {
    try {
      testOver.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void leavePart(byte[] bytes) throws IOException {
    Files.write(folder.resolve("file.gz.part"), bytes);
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8) * seed + seed);
    }
    return bytes;
  }
}
