package org.medtransformers.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.bench.StoredCopies;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.tests.Suite;

/**
 * The page of the packaged suite in a real browser, on a small experiment whose names would be
 * scripts if anything took them for HTML, and on one of many runs.
 */
class PageIT {
  private static final Path ROOT = Path.of("target", "page").toAbsolutePath();
  private static final Path PICTURES = ROOT.resolve("pictures");
  private static final String HOSTILE = "<img src=x onerror=alert('%s')>";
  private static final int WIDE = 1280;
  private static final StoredCopies.Size MANY = new StoredCopies.Size(30, 300, 200);

  private static Chromium chromium;
  private static Suite suite;
  private static URI gateway;
  private static String small;
  private static String run;
  private static String dataset;
  private static String large;

  @BeforeAll
  static void startAndTrain() throws IOException, SQLException {
    Files.createDirectories(PICTURES);
    chromium = Chromium.start();
    Path data = Pictures.write(ROOT.resolve("data"), HOSTILE.formatted("one"), "other class");
    suite = Suite.start(Files.createTempDirectory(ROOT, "home"), data, 1, Suite.IMPATIENT);
    gateway = suite.url("gateway");
    JsonNode ended = suite.awaitEnd(suite.submit(SmallExperiments.comparison(data, HOSTILE)));
    assertEquals("SUCCEEDED", ended.at("/experiment/state").asText(), ended::toPrettyString);
    small = ended.at("/experiment/id").asText();
    run = ended.at("/runs/0/id").asText();
    dataset = suite.run(run).at("/dataset/id").asText();
    try (Connection database = suite.connect("gateway")) {
      UUID many = new StoredCopies(database, suite.runs()).of(UUID.fromString(small), MANY);
      rename(database, many, HOSTILE.formatted("name"));
      large = many.toString();
    }
  }

  private static Visitor visitor(int width) {
    return chromium.visitor(gateway, width, suite.signInLink());
  }

  /** To what the gateway does not take today. */
  private static void rename(Connection database, UUID experiment, String name)
      throws SQLException {
    try (PreparedStatement update =
        database.prepareStatement("UPDATE experiment SET name = ? WHERE id = ?")) {
      update.setString(1, name);
      update.setObject(2, experiment);
      update.executeUpdate();
    }
  }

  @AfterAll
  static void stop() {
    if (suite != null) {
      suite.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** Every page that there is; one that is added here is held to all that holds for pages. */
  static Stream<String> pages() {
    return Stream.of(
        "/",
        "/experiments",
        "/experiments/new",
        "/experiments/" + small,
        "/experiments/" + large,
        "/compare?ids=" + small + "&ids=" + large,
        "/runs/" + run,
        "/datasets",
        "/datasets/" + dataset,
        "/models",
        "/models/" + run,
        "/machine",
        "/access");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachPageFitsIntoNarrowAndWideWindowsKeepsNobodyOutAndFailsNowhere(String path) {
    try (Visitor visitor = visitor(WIDE)) {
      visitor.open(path);
      for (int width : new int[] {WIDE, 800, 360}) {
        visitor.resize(width);
        visitor.settled();
        visitor.picture(PICTURES.resolve(path.replaceAll("\\W+", "-") + "-" + width + ".png"));
        visitor.requireFits();
        visitor.requireAccessible();
      }
      visitor.requireNothingWrong();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void bothSetsOfColoursCanBeRead(String colours) {
    try (Visitor visitor = visitor(WIDE)) {
      visitor.open("/experiments/" + small);
      visitor.page().getByLabel("Colours").selectOption(colours);
      visitor.requireAccessible();
      visitor.picture(PICTURES.resolve("experiment-" + colours + ".png"));
    }
  }

  /** With the keyboard alone: the first stop leads past the navigation. */
  @Test
  void theKeyboardReachesTheContentAtOnce() {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments").page();
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the content")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).isFocused();
    }
  }

  @Test
  void namesThatAreScriptsAreShownAndDoNothing() {
    try (Visitor visitor = visitor(WIDE)) {
      visitor.open("/experiments/" + large);
      assertThat(visitor.page().locator("main h1")).hasText(HOSTILE.formatted("name"));
      for (String path : List.of("/experiments", "/experiments/" + small, "/runs/" + run)) {
        visitor.open(path);
      }
      visitor.requireNothingWrong();
    }
  }

  @Test
  void theLinksOfTheNavigationAreAddresses() {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments").page();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Machine")).click();
      assertThat(page).hasURL(Pattern.compile(".*/machine$"));
      assertThat(page).hasTitle(Pattern.compile("^Machine .*"));
      page.goBack();
      assertThat(page.locator("main h1")).hasText("Experiments");
      visitor.requireNothingWrong();
    }
  }

  @Test
  void whatIsSearchedForIsInTheAddressAndComesBackWithIt() {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments").page();
      page.getByRole(AriaRole.SEARCHBOX).fill("copy 0007");
      assertThat(page).hasURL(Pattern.compile(".*q=copy.*0007.*"));
      assertThat(page.locator("main tbody tr")).hasCount(1);
      page.reload();
      assertThat(page.locator("main tbody tr")).hasCount(1);
      assertThat(page.locator("main tbody tr")).containsText("copy 0007");
      assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("copy 0007");
      visitor.requireNothingWrong();
    }
  }

  @Test
  void aMistakeIsShownByItsLineAndWhatIsMendedIsStartedAndCancelledWithoutLeavingThePage()
      throws IOException {
    ObjectNode document = SmallExperiments.training(ROOT.resolve("data"), 1000);
    Overrides.set(document, "experiment.name", Json.parse("\"from the page\""));
    String right = Json.pretty(document);
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments/new").page();
      Locator start = visitor.button("Start");
      visitor.choose("A file", right.replace("1000", "\"many\""));
      assertThat(page.locator(".mistakes")).containsText("training_params.epochs");
      assertThat(start).isDisabled();
      page.locator(".mistakes button").first().click();
      assertThat(page.locator(".cm-activeLine")).containsText("many");
      visitor.requireAccessible();
      visitor.picture(PICTURES.resolve("mistake.png"));
      visitor.choose("A file", right);
      visitor.agree();
      start.click();
      assertThat(page.locator("main h1")).hasText("from the page");
      visitor.button("Cancel").click();
      visitor.agree();
      assertThat(page.locator("main .badge").first()).hasText(Pattern.compile("cancelled"));
      visitor.requireNothingWrong();
    }
  }

  @Test
  void twoWhoLookAtTheSameExperimentBothSeeItEnd() throws IOException {
    String id = suite.submit(SmallExperiments.training(ROOT.resolve("data"), 1000));
    try (Visitor one = visitor(WIDE);
        Visitor other = visitor(360)) {
      one.open("/experiments/" + id);
      other.open("/experiments/" + id);
      suite.awaitIteration(id, 1);
      suite.cancel(id);
      for (Visitor visitor : List.of(one, other)) {
        assertThat(visitor.page().locator("main .badge").first())
            .hasText(Pattern.compile("cancelled"));
        visitor.requireNothingWrong();
      }
    }
  }

  @Test
  void whoHasNotSignedInIsLedToWhereOneDoesAndALinkIsGoodOnce() {
    URI link = suite.signInLink();
    try (Visitor visitor = visitor(WIDE);
        Visitor stranger = chromium.visitor(gateway, WIDE)) {
      stranger.page().navigate("/experiments");
      assertThat(stranger.page().getByLabel("Or by a token")).isVisible();
      stranger.requireAccessible();
      assertThat(visitor.signIn(link).page().locator("main h1")).isVisible();
      stranger.page().navigate(link.toString());
      assertThat(stranger.page().getByRole(AriaRole.ALERT)).containsText("has been used");
      stranger.page().navigate("/machine");
      stranger.page().getByLabel("Or by a token").fill(suite.token());
      stranger.page().getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
      stranger.settled();
    }
  }

  @Test
  void aTokenThatIsMadeOnThePageOpensTheApiUntilItIsWithdrawnThere() throws Exception {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/access").page();
      visitor.button("New token").click();
      page.getByLabel("Name").fill("nightly");
      visitor.agree();
      String token = page.locator("dialog[open] code").textContent();
      visitor.requireAccessible();
      visitor.agree();
      assertEquals(200, suite.statusWith(token));
      assertThat(page.locator("main tbody tr")).containsText("nightly");
      visitor.button("Withdraw nightly").click();
      visitor.agree();
      assertThat(page.locator("main tbody tr")).hasCount(0);
      assertEquals(401, suite.statusWith(token));
      visitor.requireNothingWrong();
    }
  }

  @Test
  void whoSignsOutIsAskedAgainWhoTheyAre() {
    try (Visitor visitor = visitor(WIDE)) {
      visitor.open("/access");
      visitor.button("Sign out").click();
      assertThat(visitor.page().getByLabel("Or by a token")).isVisible();
      visitor.page().navigate("/experiments");
      assertThat(visitor.page().getByLabel("Or by a token")).isVisible();
    }
  }

  @Test
  void itsPersonSaysWhoElseSeesAnExperiment() {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments/" + small).page();
      page.getByLabel("Seen by").selectOption("private");
      assertThat(page.getByText("Who sees it was changed.")).isVisible();
      page.reload();
      assertThat(page.getByLabel("Seen by")).hasValue("private");
      visitor.requireNothingWrong();
    }
  }

  @Test
  void theApiCanBeTriedInSwagger() {
    try (Visitor visitor = visitor(WIDE)) {
      visitor.page().navigate("/q/swagger-ui/");
      assertThat(visitor.page().getByText("/api/v1/tokens").first()).isVisible();
      visitor.requireNothingWrong();
    }
  }

  @Test
  void whatHappensWhileTheGatewayIsAwayIsShownWhenItIsBack() throws IOException {
    try (Visitor visitor = visitor(WIDE)) {
      Page page = visitor.open("/experiments").page();
      assertThat(page.locator(".shell-live")).hasAttribute("data-state", "live");
      suite.kill("gateway");
      assertThat(page.locator(".shell-live")).hasAttribute("data-state", "away");
      suite.awaitAll();
      ObjectNode document = SmallExperiments.training(ROOT.resolve("data"), 1);
      Overrides.set(document, "experiment.name", Json.parse("\"after the cut\""));
      suite.submit(document);
      assertThat(page.getByText("after the cut").first()).isVisible();
      assertThat(page.locator(".shell-live")).hasAttribute("data-state", "live");
    }
  }
}
