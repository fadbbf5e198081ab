package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.access.TokenView;

class TokenCommandTest extends CommandTest {
  private static final String TOKENS = "/api/v1/tokens";
  private static final TokenView VIEW =
      new TokenView(
          "aaaa1111-0000-4000-8000-000000000001",
          "nightly",
          "ada",
          "local",
          Role.RESEARCHER,
          Instant.parse("2026-11-30T10:00:00Z"),
          Instant.parse("2026-12-07T10:00:00Z"),
          null);

  @Test
  void aNewTokenStandsAloneOnStandardOutput() {
    gateway.on("POST " + TOKENS, 201, new NewToken(VIEW, "medtrans_secret"));
    assertEquals(
        ExitCode.OK,
        medtrans(
            "token",
            "create",
            "nightly",
            "--role",
            "researcher",
            "--days",
            "7",
            "--gateway",
            gateway.url()));
    assertEquals("medtrans_secret\n", out.toString());
    assertTrue(err.toString().contains("good until 2026-12-07T10:00:00Z"), err::toString);
    assertEquals(
        Json.tree(Map.of("name", "nightly", "role", "researcher", "days", 7)),
        Json.parse(gateway.requests().get(0).body()));
  }

  @Test
  void aListTellsWhoseTheyAreAndWhenTheyWereUsed() {
    gateway.on("GET " + TOKENS, 200, List.of(VIEW));
    assertEquals(ExitCode.OK, medtrans("token", "list", "--gateway", gateway.url()));
    assertTrue(out.toString().contains("ada"), out::toString);
    assertTrue(out.toString().contains("never"), out::toString);
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.OK, medtrans("token", "list", "--json", "--gateway", gateway.url()));
    assertEquals(Json.tree(List.of(VIEW)), Json.parse(out.toString()));
  }

  @Test
  void aTokenIsWithdrawnByItsId() {
    gateway.onText("DELETE " + TOKENS + "/" + VIEW.id(), 204, "");
    assertEquals(ExitCode.OK, medtrans("token", "revoke", VIEW.id(), "--gateway", gateway.url()));
    assertTrue(err.toString().contains("withdrawn"), err::toString);
  }

  @Test
  void aGatewayElsewhereIsSentTheTokenInTheFileAndNeverTheLocalStacks() throws IOException {
    gateway.on("GET " + TOKENS, 200, List.of());
    Path own = Files.createDirectories(folder.resolve("home/stack")).resolve("token");
    Files.writeString(own, "of the local stack");
    assertEquals(ExitCode.OK, medtrans("token", "list", "--gateway", gateway.url()));
    Path file = Files.writeString(folder.resolve("secret"), "of that gateway\n");
    assertEquals(
        ExitCode.OK,
        medtrans("token", "list", "--gateway", gateway.url(), "--token-file", file.toString()));
    assertEquals(null, gateway.requests().get(0).authorization());
    assertEquals("Bearer of that gateway", gateway.requests().get(1).authorization());
    assertEquals(
        ExitCode.INVALID,
        medtrans("token", "list", "--gateway", gateway.url(), "--token-file", "missing"));
  }

  @Test
  void whoIsNotKnownIsToldWhatToDo() {
    gateway.on(
        "GET " + TOKENS, 401, Map.of("code", "NOT_SIGNED_IN", "detail", "this needs a token"));
    assertEquals(ExitCode.INVALID, medtrans("token", "list", "--gateway", gateway.url()));
    assertTrue(err.toString().contains("this needs a token"), err::toString);
    assertTrue(err.toString().contains("--token-file"), err::toString);
    assertFalse(err.toString().contains("Exception"), err::toString);
  }
}
