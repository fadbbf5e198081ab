package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Cleanup;

class GcCommandTest extends CommandTest {
  private static final List<Cleanup.Item> ITEMS =
      List.of(
          new Cleanup.Item("checkpoints", 12, 3_407_872L),
          new Cleanup.Item("orphans", 1, 1_048_576L),
          new Cleanup.Item("datasets", 0, 0L),
          new Cleanup.Item("progress", 799, null));

  @Test
  void whatWouldGoIsShownAndNotRemoved() {
    gateway.on("POST /api/v1/gc?dry_run=true", 200, new Cleanup(true, ITEMS, List.of()));
    assertEquals(ExitCode.OK, medtrans("gc", "--gateway", gateway.url(), "--dry-run"));
    assertEquals(
        """
        would remove                                           count  size
        runs whose training is over: all but the best weights  12     3.3 MiB
        left of runs that were deleted                         1      1.0 MiB
        prepared data sets above the quota                     0      0.0 MiB
        entries of old curves                                  799    –
        """,
        out.toString());
  }

  @Test
  void whatCannotBeRemovedIsTold() {
    gateway.on(
        "POST /api/v1/gc?dry_run=false",
        200,
        new Cleanup(
            false, ITEMS, List.of("prepared set 12ab: java.nio.file.AccessDeniedException")));
    assertEquals(ExitCode.FAILED, medtrans("gc", "--gateway", gateway.url()));
    assertTrue(out.toString().contains("entries of old curves"), out.toString());
    assertTrue(
        err.toString()
            .contains("cannot be removed: prepared set 12ab: java.nio.file.AccessDeniedException"),
        err.toString());
  }

  /** Of a gateway of before there were failures to tell. */
  @Test
  void anAnswerWithoutFailuresIsOne() {
    gateway.on("POST /api/v1/gc?dry_run=false", 200, Json.parse("{\"dryRun\":false,\"items\":[]}"));
    assertEquals(ExitCode.OK, medtrans("gc", "--gateway", gateway.url()));
  }

  @Test
  void whatIsRemovedIsTold() {
    gateway.on("POST /api/v1/gc?dry_run=false", 200, new Cleanup(false, ITEMS, List.of()));
    assertEquals(ExitCode.OK, medtrans("gc", "--gateway", gateway.url()));
    assertEquals("removed", out.toString().split(" ", 2)[0]);
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.OK, medtrans("gc", "--gateway", gateway.url(), "--json"));
    assertEquals(new Cleanup(false, ITEMS, List.of()), Json.read(out.toString(), Cleanup.class));
  }
}
