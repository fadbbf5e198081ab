package org.medtransformers.service.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In processes of their own, since they end. */
class BackgroundTest {
  @ParameterizedTest
  @ValueSource(strings = {"thread", "timer"})
  void aThreadThatDiesOfAnErrorEndsTheProcessAndSaysSo(String where) throws Exception {
    Ended ended = run(where, "error");
    assertEquals(Fatal.EXIT_CODE, ended.code(), ended.output());
    assertTrue(ended.output().contains("The thread doomed died"), ended.output());
    assertTrue(ended.output().contains("NoClassDefFoundError: a class"), ended.output());
  }

  @Test
  void aTimerGoesOnAfterAnException() throws Exception {
    Ended ended = run("timer", "exception");
    assertEquals(0, ended.code(), ended.output());
    assertTrue(ended.output().contains("tries again later: once"), ended.output());
  }

  @Test
  void memoryAndClassesThatAreMissingAreFatalAlsoAsACauseAndTheWorksOwnErrorsAreNot() {
    assertTrue(Fatal.isFatal(new OutOfMemoryError()));
    assertTrue(Fatal.isFatal(new IllegalStateException(new IOException(new LinkageError()))));
    assertFalse(Fatal.isFatal(new StackOverflowError()));
    assertFalse(Fatal.isFatal(new AssertionError()));
    assertFalse(Fatal.isFatal(new IllegalStateException(new IOException())));
  }

  private record Ended(int code, String output) {}

  private static Ended run(String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.jboss.logging.provider=jdk",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedProcess.class.getName(),
                arguments[0],
                arguments[1])
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return new Ended(process.exitValue(), output);
  }
}
