package org.medtransformers.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody who looks at the page, in a browser that shares nothing with that of others. Takes note
 * of what nobody should see: errors of scripts, dialogs, requests to elsewhere.
 */
final class Visitor implements AutoCloseable {
  /** Of the window, in pixels. */
  static final int HEIGHT = 900;

  /** What is of the gateway, or of the page itself. */
  private static final List<String> OWN = List.of("%s/", "blob:%s/", "data:");

  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final BrowserContext context;
  private final Page page;
  private final List<String> wrong = new CopyOnWriteArrayList<>();

  Visitor(BrowserContext context, URI gateway) {
    this.context = context;
    context.onRequest(
        request -> {
          String url = request.url();
          if (OWN.stream().noneMatch(own -> url.startsWith(own.formatted(gateway)))) {
            wrong.add("asks " + url);
          }
        });
    page = context.newPage();
    page.onPageError(error -> wrong.add("fails: " + error));
    page.onDialog(
        dialog -> {
          wrong.add("says " + dialog.message());
          dialog.dismiss();
        });
    page.onConsoleMessage(
        message -> {
          // What the gateway refuses is told to the user, and by the browser here too.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            wrong.add("complains: " + message.text());
          }
        });
  }

  Page page() {
    return page;
  }

  /** Signs in by a link, which leads to the page. */
  Visitor signIn(URI link) {
    page.navigate(link.toString());
    return settled();
  }

  /** Goes to an address and waits until its page shows what it is about. */
  Visitor open(String path) {
    page.navigate(path);
    return settled();
  }

  /** Waits until nothing is being loaded any more. */
  Visitor settled() {
    assertThat(page.locator("main h1")).isVisible();
    assertThat(page.locator("main .loading")).hasCount(0);
    return this;
  }

  /** One that can be pressed: of a dialog while there is one. */
  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Says yes to what the page asks. */
  void agree() {
    page.locator("dialog[open] button[value=yes]").click();
  }

  /** Chooses a text file by the label of its field. */
  void choose(String label, String text) {
    page.getByLabel(label)
        .setInputFiles(
            new FilePayload(
                "experiment.json", "application/json", text.getBytes(StandardCharsets.UTF_8)));
  }

  /** With a window so wide, in pixels. */
  void resize(int width) {
    page.setViewportSize(width, HEIGHT);
  }

  /** Nothing sticks out to the right. */
  void requireFits() {
    Object excess =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertTrue(
        ((Number) excess).intValue() <= 0,
        () -> page.url() + " is " + excess + " pixels wider than its window");
  }

  /** What axe finds that keeps people out. */
  void requireAccessible() {
    List<String> found =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                .toList();
    assertEquals(List.of(), found, page::url);
  }

  /** No script has failed, nobody was asked but the gateway, nothing has popped up. */
  void requireNothingWrong() {
    assertEquals(List.of(), wrong, page::url);
  }

  /** For people to look at. */
  void picture(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  @Override
  public void close() {
    context.close();
  }
}
