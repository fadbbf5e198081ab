package org.medtransformers.localstack.testing;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test during which an error was logged that neither it nor its class {@linkplain
 * ExpectsErrors expects}: what a service calls an error is one, even where its answer looks right.
 * Found by itself in every module that has this library for its tests.
 */
public final class LogCheck implements BeforeEachCallback, AfterEachCallback {
  private static final ErrorLog ERRORS = new ErrorLog();

  /** Held here, since a logger that nobody holds forgets its handlers. */
  private static final Logger ROOT = Logger.getLogger("");

  @Override
  public void beforeEach(ExtensionContext context) {
    // Starting a service sets the handlers anew.
    if (Arrays.stream(ROOT.getHandlers()).noneMatch(handler -> handler == ERRORS)) {
      ROOT.addHandler(ERRORS);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> unexpected = ERRORS.takeUnexpected(expected(context));
    if (!unexpected.isEmpty()) {
      throw new AssertionError("errors in the log:\n" + String.join("\n", unexpected));
    }
  }

  private static List<String> expected(ExtensionContext context) {
    return Stream.of(context.getTestMethod(), context.getTestClass())
        .flatMap(Optional::stream)
        .flatMap(element -> Arrays.stream(element.getAnnotations()))
        .filter(a -> a.annotationType().getName().equals(ExpectsErrors.class.getName()))
        .flatMap(a -> Arrays.stream(value(a)))
        .toList();
  }

  /** By name: Quarkus loads its tests, and what they are annotated with, by a loader of its own. */
  private static String[] value(Annotation expectsErrors) {
    try {
      return (String[]) expectsErrors.annotationType().getMethod("value").invoke(expectsErrors);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
