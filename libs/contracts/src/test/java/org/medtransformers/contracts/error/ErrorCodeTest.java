package org.medtransformers.contracts.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medtransformers.contracts.Json;

class ErrorCodeTest {
  @ParameterizedTest
  @EnumSource
  void everyCodeSurvivesTheWayThroughJson(ErrorCode code) {
    ErrorInfo info = new ErrorInfo(code, "why");
    assertEquals(info, Json.read(Json.write(info), ErrorInfo.class));
  }

  @Test
  void aCodeOfANewerVersionIsReadAsAnInternalError() {
    assertEquals(
        new ErrorInfo(ErrorCode.INTERNAL, "why"),
        Json.read("{\"code\": \"OF_TOMORROW\", \"message\": \"why\"}", ErrorInfo.class));
  }
}
