package org.noisescape.datasets.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, piece by piece, with a limit on the silence between two pieces.
 *
 * <p>One piece is asked for at a time, so that a slow disk slows the server down. The input stream
 * of the JDK has no such limit, and a request's timeout ends with the headers.
 */
final class StreamedBody implements BodySubscriber<StreamedBody> {
  private sealed interface Event permits Piece, Failure, End {}

  private record Piece(List<ByteBuffer> buffers) implements Event {}

  private record Failure(Throwable cause) implements Event {}

  private record End() implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile Subscription subscription;

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Subscription granted) {
    subscription = granted;
    granted.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Piece(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Failure(cause));
  }

  @Override
  public void onComplete() {
    events.add(new End());
  }

  /**
   * The next piece; empty at the end.
   *
   * @throws HttpTimeoutException after that long without a piece
   */
  Optional<List<ByteBuffer>> next(Duration longestSilence)
      throws IOException, InterruptedException {
    Event event = events.poll(longestSilence.toNanos(), TimeUnit.NANOSECONDS);
    if (event == null) {
      throw new HttpTimeoutException("no data for " + longestSilence.toMillis() / 1000.0 + " s");
    }
    if (event instanceof Piece piece) {
      subscription.request(1);
      return Optional.of(piece.buffers());
    }
    if (event instanceof Failure failure) {
      throw new IOException(failure.cause().getMessage(), failure.cause());
    }
    return Optional.empty();
  }

  /** Ends the transfer; needed unless the end was reached. */
  void cancel() {
    Subscription granted = subscription;
    if (granted != null) {
      granted.cancel();
    }
  }
}
