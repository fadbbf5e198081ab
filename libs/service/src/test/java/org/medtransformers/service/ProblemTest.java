package org.medtransformers.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.error.ProblemDetails;
import org.medtransformers.service.problem.Problem;

class ProblemTest {
  private static MedtransException asRead(Problem problem) {
    return ProblemDetails.read(problem.status(), Json.write(problem)).exception("the service");
  }

  @Test
  void whatIsWrittenIsReadAsTheSameErrors() {
    ErrorInfo first = new ErrorInfo(ErrorCode.INVALID_REQUEST, "a: missing");
    ErrorInfo second = new ErrorInfo(ErrorCode.NOT_BUILT_YET, "b is not built yet");
    assertEquals(List.of(first), asRead(Problem.of(List.of(first))).errors());
    assertEquals(List.of(first, second), asRead(Problem.of(List.of(first, second))).errors());
  }
}
