package org.medtransformers.batches;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Collects a response body of at most {@code limit} bytes; a longer one is an error. */
final class BoundedBody implements BodySubscriber<byte[]> {
  /** A body over the limit: asking again would not help. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long limit) {
      super("the body is longer than the allowed " + limit + " bytes");
    }
  }

  private final long limit;
  private byte[] received;
  private int length;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Subscription subscription;

  private BoundedBody(long limit, long announced) {
    this.limit = limit;
    this.received = new byte[(int) Math.max(0, Math.min(announced, limit))];
  }

  static BodyHandler<byte[]> ofAtMost(long limit) {
    return head ->
        new BoundedBody(limit, head.headers().firstValueAsLong("content-length").orElse(0));
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (length + (long) buffer.remaining() > limit) {
        subscription.cancel();
        body.completeExceptionally(new TooLongException(limit));
        return;
      }
      take(buffer);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(length == received.length ? received : Arrays.copyOf(received, length));
  }

  /** Bodies are large: one of the announced length is never copied. */
  private void take(ByteBuffer buffer) {
    int count = buffer.remaining();
    if (count > received.length - length) {
      long doubled = Math.max(2L * received.length, length + (long) count);
      received = Arrays.copyOf(received, (int) Math.min(doubled, limit));
    }
    buffer.get(received, length, count);
    length += count;
  }
}
