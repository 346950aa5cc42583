package org.noisescape.datasets.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request after another for one file from one mirror.
 *
 * <p>Source: RFC 9110, sections 13.1.5 (If-Range), 14 (range requests), 10.2.3 (Retry-After).
 */
final class Transfer {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final List<Integer> BUSY = List.of(408, 425, 429, 500, 502, 503, 504);

  private final HttpClient client;
  private final RetryPolicy policy;
  private final Download download;
  private final URI mirror;
  private final PartFile part;
  private final TransferProgress progress;

  Transfer(
      HttpClient client,
      RetryPolicy policy,
      Download download,
      URI mirror,
      PartFile part,
      TransferProgress progress) {
    this.client = client;
    this.policy = policy;
    this.download = download;
    this.mirror = mirror;
    this.part = part;
    this.progress = progress;
  }

  /** The mirror does not have the file, and asking again will not change that. */
  static final class Refused extends IOException {
    Refused(String message) {
      super(message);
    }
  }

  /** The mirror asks for patience. */
  static final class Busy extends IOException {
    private final transient Optional<Duration> retryAfter;

    Busy(String message, Optional<Duration> retryAfter) {
      super(message);
      this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }

  /**
   * Brings the part to its full length.
   *
   * @return whether bytes of an earlier request are in it
   * @throws IOException where the connection broke or went silent: worth another try
   * @throws DownloadException where the disk failed
   */
  boolean run() throws IOException, InterruptedException {
    long offset = part.size();
    if (offset > download.bytes()) {
      part.delete();
      offset = 0;
    }
    if (offset == download.bytes()) {
      progress.transferred(download.fileName(), offset, offset);
      return true;
    }
    HttpResponse<StreamedBody> response = send(offset);
    StreamedBody body = response.body();
    try {
      long start = start(response, offset);
      receive(response, body, start);
      return start > 0;
    } finally {
      body.cancel();
    }
  }

  /** One phrase for why a transfer failed. */
  static String reason(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (e instanceof HttpTimeoutException) {
      return e.getMessage().equals("request timed out") ? "no answer in time" : e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private HttpResponse<StreamedBody> send(long offset) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(mirror)
            .timeout(policy.stallTimeout())
            .header("User-Agent", "noisescape")
            .header("Accept-Encoding", "identity");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
      part.entityTag(mirror).ifPresent(tag -> request.header("If-Range", tag));
    }
    try {
      return client.send(request.build(), info -> new StreamedBody());
    } catch (HttpConnectTimeoutException e) {
      throw e;
    } catch (ConnectException e) {
      boolean unknown = e.getCause() instanceof UnresolvedAddressException;
      throw new Refused(unknown ? "unknown host" : "connection refused");
    }
  }

  /** The position in the file at which the body begins. */
  private long start(HttpResponse<?> response, long offset) throws IOException {
    int status = response.statusCode();
    if (status == 200) {
      long length = response.headers().firstValueAsLong("Content-Length").orElse(download.bytes());
      if (length != download.bytes()) {
        throw new Refused("expected " + download.bytes() + " bytes, the server has " + length);
      }
      return 0;
    }
    if (status == 206) {
      String range = response.headers().firstValue("Content-Range").orElse("");
      Matcher matcher = CONTENT_RANGE.matcher(range);
      boolean whole = matcher.matches();
      if (whole
          && Long.parseLong(matcher.group(1)) == offset
          && (matcher.group(2).equals("*")
              || Long.parseLong(matcher.group(2)) == download.bytes())) {
        return offset;
      }
      part.delete();
      throw new IOException("asked for bytes " + offset + "-, got '" + range + "'");
    }
    if (status == 416) {
      part.delete();
      throw new IOException("HTTP 416, cannot resume at byte " + offset);
    }
    if (BUSY.contains(status)) {
      throw new Busy(
          "HTTP " + status, response.headers().firstValue("Retry-After").flatMap(Transfer::delay));
    }
    throw new Refused("HTTP " + status);
  }

  private void receive(HttpResponse<?> response, StreamedBody body, long start)
      throws IOException, InterruptedException {
    Optional<String> tag = response.headers().firstValue("ETag");
    try (PartFile.Writer writer = part.writer(start, mirror, tag)) {
      progress.transferred(download.fileName(), writer.size(), download.bytes());
      Optional<List<ByteBuffer>> piece = body.next(policy.stallTimeout());
      while (piece.isPresent()) {
        for (ByteBuffer buffer : piece.get()) {
          if (writer.size() + buffer.remaining() > download.bytes()) {
            part.delete();
            throw new Refused("sends more than the expected " + download.bytes() + " bytes");
          }
          writer.write(buffer);
        }
        progress.transferred(download.fileName(), writer.size(), download.bytes());
        piece = body.next(policy.stallTimeout());
      }
      if (writer.size() < download.bytes()) {
        throw new IOException(
            "ended after " + writer.size() + " of " + download.bytes() + " bytes");
      }
    }
  }

  /** Retry-After in seconds or as a date. */
  private static Optional<Duration> delay(String header) {
    try {
      if (header.strip().matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())));
      }
      Instant date =
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration delay = Duration.between(Instant.now(), date);
      return Optional.of(delay.isNegative() ? Duration.ZERO : delay);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
