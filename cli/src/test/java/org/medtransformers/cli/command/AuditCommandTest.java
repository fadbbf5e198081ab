package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.audit.AuditVerification;

class AuditCommandTest extends CommandTest {
  private static final String AUDIT = "/api/v1/audit";
  private static final AuditLine LINE =
      new AuditLine(
          7,
          Instant.parse("2026-11-30T10:00:00Z"),
          6L,
          "ada",
          "local",
          "admin",
          null,
          AuditAction.DELETE_EXPERIMENT,
          "aaaa1111-0000-4000-8000-000000000001",
          "127.0.0.1",
          AuditResult.REFUSED,
          "NOT_FOUND",
          "ab".repeat(32));
  private static final String HEAD = "7:" + "ab".repeat(32);

  @Test
  void aLineTellsWhoDidWhatAndWhatCameOfIt() {
    gateway.on(
        "GET "
            + AUDIT
            + "?person=ada%20l&action=delete-experiment&from=2026-11-01T00%3A00%3A00Z&size=5",
        200,
        List.of(LINE));
    assertEquals(
        ExitCode.OK,
        medtrans(
            "audit",
            "--person",
            "ada l",
            "--action",
            "delete-experiment",
            "--from",
            "2026-11-01T00:00:00Z",
            "--lines",
            "5",
            "--gateway",
            gateway.url()));
    assertTrue(
        out.toString()
            .contains("delete-experiment  aaaa1111-0000-4000-8000-000000000001  refused NOT_FOUND"),
        out::toString);
  }

  @Test
  void jsonIsTheLines() {
    gateway.on("GET " + AUDIT + "?size=100", 200, List.of(LINE));
    assertEquals(ExitCode.OK, medtrans("audit", "--json", "--gateway", gateway.url()));
    assertEquals(List.of(LINE), List.of(Json.read(out.toString(), AuditLine[].class)));
  }

  @Test
  void anUnknownActionIsNamedWithThoseThereAre() {
    assertEquals(ExitCode.INVALID, medtrans("audit", "--action", "dance"));
    assertTrue(err.toString().contains("there are: sign-in"), err::toString);
  }

  @Test
  void theHeadStandsAloneOnStandardOutput() {
    gateway.on(
        "GET " + AUDIT + "/verification", 200, new AuditVerification(7, "ab".repeat(32), null));
    assertEquals(ExitCode.OK, medtrans("audit", "verify", "--gateway", gateway.url()));
    assertEquals(HEAD + "\n", out.toString());
  }

  @Test
  void whatDoesNotFitFails() {
    gateway.on(
        "GET " + AUDIT + "/verification?head=" + HEAD.replace(":", "%3A"),
        200,
        new AuditVerification(3, "cd".repeat(32), "line 4 is missing: the next is 5"));
    assertEquals(
        ExitCode.FAILED, medtrans("audit", "verify", "--head", HEAD, "--gateway", gateway.url()));
    assertTrue(err.toString().contains("line 4 is missing"), err::toString);
  }
}
