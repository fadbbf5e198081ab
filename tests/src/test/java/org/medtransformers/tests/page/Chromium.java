package org.medtransformers.tests.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium; nothing is downloaded. */
final class Chromium implements AutoCloseable {
  private static final String PROGRAM = "chromium";

  /** With what a busy machine takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    // Its sandbox wants rights that a container does not give.
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Starts it; skips the test on a machine without it. */
  static Chromium start() {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, PROGRAM))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no chromium here: apt-get install chromium");
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    return new Chromium(program.orElseThrow());
  }

  /**
   * Somebody else at the page of {@code gateway}, with a window so wide.
   *
   * @param width in pixels
   */
  Visitor visitor(URI gateway, int width) {
    return new Visitor(
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(gateway.toString())
                .setViewportSize(width, Visitor.HEIGHT)),
        gateway);
  }

  /** The same, signed in by {@code link}. */
  Visitor visitor(URI gateway, int width, URI link) {
    return visitor(gateway, width).signIn(link);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
