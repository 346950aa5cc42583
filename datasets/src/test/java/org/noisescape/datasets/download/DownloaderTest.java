package org.noisescape.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.noisescape.datasets.download.ScriptedServer.Answer;

final class DownloaderTest extends DownloadTrial {
  @Test
  void deliversTheBytesAsThePart() throws IOException {
    ScriptedServer server = server(ScriptedServer.serving(FILE, TAG));

    Path part = fetch(server);

    assertThat(part).isEqualTo(folder.resolve("file.gz.part")).hasBinaryContent(FILE);
    assertThat(folder.resolve("file.gz")).doesNotExist();
    assertThat(pauses).isEmpty();
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
}
