package org.medtransformers.gateway.rest;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may not be longer than allowed; at one byte more, the request fails with 413. */
final class CountedBody extends FilterInputStream {
  private final long limit;
  private long count;

  CountedBody(InputStream body, long limit) {
    super(body);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) {
    count += read;
    if (count > limit) {
      throw new ClientErrorException(
          "the body has more than the allowed %d bytes".formatted(limit),
          Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
  }
}
