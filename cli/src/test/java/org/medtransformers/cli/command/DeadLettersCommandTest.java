package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.result.DeadLetterView;

class DeadLettersCommandTest extends CommandTest {
  private static final String LETTERS = "/api/v1/dead-letters";
  private static final String FIRST = "aaaa1111-0000-4000-8000-000000000001";
  private static final String SECOND = "aaaa2222-0000-4000-8000-000000000002";

  /** Would clear the screen, and swap what follows. */
  private static final String HOSTILE = "\u001b[2J\u202e\u0007";

  private final DeadLetterView first = letter(FIRST, "header ce_specversion is missing");
  private final DeadLetterView second = letter(SECOND, HOSTILE + "x".repeat(200));

  @BeforeEach
  void answer() {
    for (String state : List.of("waiting", "all")) {
      gateway.on(
          "GET " + LETTERS + "?state=" + state + "&page=0&size=100",
          200,
          new DeadLetterPage(List.of(second, first), 0, 100, 2));
    }
  }

  @Test
  void theListFitsATerminalWhateverTheSenderWrote() {
    assertEquals(ExitCode.OK, letters("list"));
    assertTrue(
        out.toString()
            .contains(
                """
                aaaa1111  waiting  experiment.requests  2026-11-30 15:40:12  9
                    header ce_specversion is missing
                """),
        out.toString());
    assertTrue(out.toString().contains("\\u001b[2J\\u202e\\u0007xxx"), out.toString());
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out.toString());
    assertHarmless();
  }

  @Test
  void theListAsJsonIsWhatTheGatewaySays() {
    assertEquals(ExitCode.OK, letters("list", "--json"));
    assertEquals(Json.parse(Json.write(List.of(second, first))), Json.parse(out.toString()));
  }

  /** One that comes between two questions pushes another to the next page. */
  @Test
  void everyLetterIsListedOnceThoughOthersComeMeanwhile() {
    List<DeadLetterView> all =
        IntStream.range(0, 101).mapToObj(i -> letter(id(i), "reason " + i)).toList();
    gateway
        .on(
            "GET " + LETTERS + "?state=waiting&page=0&size=100",
            200,
            new DeadLetterPage(all.subList(0, 100), 0, 100, 101))
        .on(
            "GET " + LETTERS + "?state=waiting&page=1&size=100",
            200,
            new DeadLetterPage(all.subList(99, 101), 1, 100, 102));
    letters("list");
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.OK, letters("list", "--json"));
    List<String> ids = Json.parse(out.toString()).findValuesAsText("id");
    assertEquals(all.stream().map(DeadLetterView::id).toList(), ids);
  }

  private static String id(int number) {
    return new UUID(0, number).toString();
  }

  @Test
  void thatNoneWaitsIsSaid() {
    gateway.on(
        "GET " + LETTERS + "?state=waiting&page=0&size=100",
        200,
        new DeadLetterPage(List.of(), 0, 100, 0));
    letters("list");
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.OK, letters("list"));
    assertEquals("No dead letter waits\n", out.toString());
  }

  @Test
  void aLetterIsShownSafelyAndWrittenAsItCame() throws Exception {
    byte[] value = {'o', 'n', 'e'};
    gateway
        .on(
            "GET " + LETTERS + "/" + SECOND,
            200,
            new DeadLetterDetail(
                second,
                List.of(new DeadLetterDetail.Header("ce_" + HOSTILE, HOSTILE)),
                "one\n" + HOSTILE + "two\r",
                true))
        .onText("GET " + LETTERS + "/" + SECOND + "/value", 200, "one");
    assertEquals(ExitCode.OK, letters("show", "aaaa2", "--raw", "value.bin"));
    assertArrayEquals(value, Files.readAllBytes(folder.resolve("value.bin")));
    String shown = out.toString();
    assertTrue(shown.contains("experiment.requests, partition 2, offset 7"), shown);
    assertTrue(shown.contains("9 bytes, which begin so (--raw FILE writes all):"), shown);
    assertTrue(shown.contains("\none\n\\u001b[2J\\u202e\\u0007two"), shown);
    assertHarmless();
  }

  @Test
  void whatIsReplayedIsSaidOneByOne() {
    gateway
        .on("POST " + LETTERS + "/" + FIRST + "/replay", 200, first)
        .on("POST " + LETTERS + "/" + SECOND + "/replay", 200, second);
    assertEquals(ExitCode.OK, letters("replay", "--all"));
    assertEquals(
        """
        %s was sent to experiment.requests again
        %s was sent to experiment.requests again
        """
            .formatted(FIRST, SECOND),
        out.toString());
  }

  @Test
  void whatIsRefusedOfOneKeepsNoneOfTheOthersBack() {
    gateway
        .on(
            "POST " + LETTERS + "/" + FIRST + "/replay",
            409,
            Map.of("code", "CONFLICT", "detail", "dead letter was dropped"))
        .on("POST " + LETTERS + "/" + SECOND + "/replay", 200, second);
    assertEquals(ExitCode.FAILED, letters("replay", FIRST, SECOND));
    assertTrue(err.toString().contains("dead letter was dropped"), err.toString());
    assertTrue(out.toString().contains(SECOND + " was sent"), out.toString());
  }

  @Test
  void theBeginningOfSeveralIdsIsNone() {
    assertEquals(ExitCode.INVALID, letters("drop", "aaaa", SECOND));
    assertTrue(err.toString().contains("is the beginning of several ids"), err.toString());
    assertEquals(List.of(), gateway.requests("DELETE", LETTERS + "/" + SECOND));
  }

  @Test
  void anIdOfNoneIsNamed() {
    assertEquals(ExitCode.INVALID, letters("show", "bbbb"));
    assertTrue(err.toString().contains("begins with bbbb"), err.toString());
  }

  @Test
  void whatIsDroppedIsSaid() {
    gateway.onText("DELETE " + LETTERS + "/" + FIRST, 200, "");
    assertEquals(ExitCode.OK, letters("drop", "aaaa1"));
    assertEquals(FIRST + " of experiment.requests was dropped\n", out.toString());
  }

  @Test
  void nothingIsReplayedOfNobodysChoice() {
    assertEquals(ExitCode.INVALID, letters("replay"));
    assertEquals(ExitCode.INVALID, letters("replay", FIRST, "--all"));
    assertEquals(List.of(), gateway.requests());
  }

  private void assertHarmless() {
    String text = out.toString().replace("\n", "");
    assertFalse(text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == '\u202e'), text);
  }

  private int letters(String... arguments) {
    return medtrans(
        Stream.of(
                Stream.of("dead-letters"),
                Stream.of(arguments),
                Stream.of("--gateway", gateway.url()))
            .flatMap(a -> a)
            .toArray(String[]::new));
  }

  private static DeadLetterView letter(String id, String reason) {
    return new DeadLetterView(
        id,
        "experiment.requests",
        2,
        7L,
        "gateway",
        HOSTILE,
        null,
        null,
        reason,
        9,
        true,
        Instant.parse("2026-11-30T15:40:12.345Z"),
        DeadLetterState.WAITING,
        null);
  }
}
