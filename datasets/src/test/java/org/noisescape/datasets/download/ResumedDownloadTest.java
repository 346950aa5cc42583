package org.noisescape.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.datasets.download.ScriptedServer.Answer;

/** What becomes of a part that is there already, and of a body that ends early. */
final class ResumedDownloadTest extends DownloadTrial {
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
}
