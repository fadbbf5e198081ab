package org.medtransformers.contracts.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDetailsTest {
  private static MedtransException exception(int status, String body) {
    return ProblemDetails.read(status, body).exception("the gateway");
  }

  @Test
  void aRefusalOfOursIsTheExceptionThatItWas() {
    MedtransException e =
        exception(422, "{\"code\": \"IMAGE_UNREADABLE\", \"detail\": \"a.png: not an image\"}");
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertEquals("a.png: not an image", e.getMessage());
    assertFalse(e.retriable());
  }

  @Test
  void severalMistakesStayApart() {
    MedtransException e =
        exception(
            400,
            """
            {"code": "INVALID_REQUEST", "detail": "a\\nb", "errors": [
              {"code": "INVALID_REQUEST", "message": "a"}, {"code": "NOT_BUILT_YET", "message": "b"},
              {"code": "OF_TOMORROW", "message": "c"}]}
            """);
    assertEquals(
        List.of(
            new ErrorInfo(ErrorCode.INVALID_REQUEST, "a"),
            new ErrorInfo(ErrorCode.NOT_BUILT_YET, "b"),
            new ErrorInfo(ErrorCode.INVALID_REQUEST, "c")),
        e.errors());
  }

  @Test
  void ofAnAnswerWithoutACodeTheStatusDecides() {
    MedtransException proxy = exception(502, "<html>Bad Gateway</html>");
    assertEquals(ErrorCode.UNAVAILABLE, proxy.code());
    assertTrue(proxy.retriable());
    assertEquals("the gateway answered 502: <html>Bad Gateway</html>", proxy.getMessage());
    assertEquals("the gateway answered 404", exception(404, "").getMessage());
    assertEquals(ErrorCode.NOT_FOUND, exception(404, "[]").code());
    assertEquals(ErrorCode.INVALID_REQUEST, exception(422, "{\"code\": \"OF_TOMORROW\"}").code());
    assertEquals(501, ProblemDetails.read(500, "x".repeat(10_000)).detail().orElseThrow().length());
  }
}
