package org.medtransformers.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class OpenStreamsTest {
  private final OpenStreams open = new OpenStreams(3, 2);

  private void refuses(String client, String message) {
    MedtransException e = assertThrows(MedtransException.class, () -> open.take(client));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertEquals(message, e.getMessage());
  }

  @Test
  void aClientHasAsManyAsAllowedAndNoMore() {
    OpenStreams.Place first = open.take("a");
    open.take("a");
    refuses("a", "a has 2 streams of events open, allowed: 2; try again");
    first.leave();
    open.take("a");
    refuses("a", "a has 2 streams of events open, allowed: 2; try again");
  }

  @Test
  void allTogetherHaveAsManyAsAllowedAndNoMore() {
    open.take("a");
    open.take("b");
    OpenStreams.Place third = open.take("c");
    refuses("d", "3 streams of events are open, allowed: 3; try again");
    third.leave();
    open.take("d");
  }

  @Test
  void aPlaceThatIsLeftTwiceIsFreeOnce() {
    OpenStreams.Place first = open.take("a");
    open.take("a");
    first.leave();
    first.leave();
    open.take("a");
    refuses("a", "a has 2 streams of events open, allowed: 2; try again");
  }
}
