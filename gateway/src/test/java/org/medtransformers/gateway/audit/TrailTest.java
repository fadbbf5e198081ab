package org.medtransformers.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditResult;
import org.medtransformers.contracts.audit.AuditVerification;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.access.RefusedToken;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.database.DatabaseException;

/** What the chain of lines notices, also of whoever owns the database. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class TrailTest {
  @Inject Trail trail;
  @Inject Database database;
  @Inject Clock clock;

  @BeforeEach
  void haveLines() {
    IntStream.range(0, 3).forEach(i -> trail.done(deed("a"), "detail " + i));
  }

  private static Deed deed(String remote) {
    return Deed.of(null, AuditAction.CLEAN_UP, null, remote);
  }

  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** What is found after {@code sql}, by somebody who takes the trigger away; then undone. */
  private AuditVerification after(String sql) {
    AuditVerification[] found = new AuditVerification[1];
    assertThrows(
        Undone.class,
        () ->
            database.inTransaction(
                () -> {
                  database.update("ALTER TABLE audit DISABLE TRIGGER audit_stays");
                  assertTrue(database.update(sql) > 0, sql);
                  found[0] = trail.verify(null);
                  throw new Undone();
                }));
    return found[0];
  }

  private long last() {
    return trail.verify(null).lines();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "person = 'somebody else'",
        "at = at + interval '1 microsecond'",
        "detail = NULL",
        "result = 'REFUSED'",
        "remote = 'a '",
        "hash = repeat('0', 64)"
      })
  void aChangedLineIsNamed(String change) {
    long number = last() - 1;
    AuditVerification found =
        after("UPDATE audit SET %s WHERE number = %d".formatted(change, number));
    assertEquals(number - 1, found.lines());
    assertTrue(
        found.wrong().startsWith("line " + number + " is not what was written"), found::wrong);
  }

  @Test
  void aRemovedLineIsNamed() {
    long number = last() - 1;
    assertEquals(
        "line %d is missing: the next is %d".formatted(number, number + 1),
        after("DELETE FROM audit WHERE number = " + number).wrong());
  }

  @Test
  void aLineThatIsPutInIsNamed() {
    long number = last() - 1;
    AuditVerification found =
        after(
            """
            WITH moved AS (
              DELETE FROM audit WHERE number > %1$d
              RETURNING number + 1 AS number, at, asked, person, team, role, token, action, object,
                remote, result, detail, hash)
            INSERT INTO audit
            SELECT * FROM moved
            UNION ALL
            SELECT %1$d + 1, at, NULL, 'somebody', team, role, token, action, object, remote,
              result, detail, hash FROM audit WHERE number = %1$d
            """
                .formatted(number));
    assertTrue(found.wrong().startsWith("line " + (number + 1) + " is not"), found::wrong);
  }

  /** The chain alone does not notice it; whoever has kept the head does. */
  @Test
  void whatIsMissingAtTheEndIsNamedToWhoHasKeptTheHead() {
    AuditVerification before = trail.verify(null);
    assertNull(before.wrong());
    Trail.End kept = new Trail.End(before.lines() + 1, "0".repeat(64));
    assertEquals(
        "line %d is missing: the last is %d".formatted(kept.number(), before.lines()),
        trail.verify(kept).wrong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UPDATE audit SET person = 'x'", "DELETE FROM audit", "TRUNCATE audit CASCADE"})
  void theDatabaseItselfRefuses(String sql) {
    assertThrows(DatabaseException.class, () -> database.update(sql));
  }

  @Test
  void manyWritersAtOnceMakeOneChain() {
    long before = last();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 6)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(
                        () ->
                            IntStream.range(0, 20)
                                .forEach(i -> trail.done(deed("writer " + writer), null))))
            .toList();
    writers.forEach(CompletableFuture::join);
    AuditVerification found = trail.verify(null);
    assertNull(found.wrong());
    assertTrue(found.lines() >= before + 120, found::toString);
  }

  /** Computed by {@code sha256sum} on the text that the documentation describes. */
  @Test
  void theHashIsWhatTheDocumentationSays() {
    AuditLine line =
        new AuditLine(
            1,
            Instant.parse("2026-11-30T10:00:00.000001Z"),
            null,
            "ada",
            "local",
            "admin",
            null,
            AuditAction.CLEAN_UP,
            null,
            "127.0.0.1",
            AuditResult.DONE,
            null,
            null);
    assertEquals(
        "f32c6ac481949b18a8400d5b88382f6084428cbf822eda5194173fd66bd37653",
        line.hash(AuditLine.BEGINNING));
  }

  @Test
  void ofAFloodOfTokensThatAreNoneTheFirstAreToldAndThenHowMany() {
    String remote = UUID.randomUUID().toString();
    RefusedTokens refused = new RefusedTokens(trail, clock);
    IntStream.range(0, 100).forEach(i -> refused.tell(new RefusedToken(remote)));
    assertEquals(
        20,
        trail.find(new Wanted(null, AuditAction.SIGN_IN, null, null, null, null), 1000).stream()
            .filter(line -> remote.equals(line.remote()))
            .count());
  }
}
