package org.medtransformers.tests.chaos;

import java.util.List;

/** What can happen to a part of the suite. */
enum FaultKind {
  /** It is gone, as if the machine had lost its power. */
  KILL(false),
  /** It is asked to end, as by an update. */
  TERMINATE(false),
  /** It neither answers nor notices, as a machine that swaps. */
  FREEZE(true),
  /** It stops in order, and connections to it are refused until it is started again. */
  BROKER_AWAY(true),
  /** It answers, and refuses to write: a standby, or an administrator's precaution. */
  READ_ONLY(true),
  /** It refuses connections to one service's database, and has ended those there were. */
  REFUSED(true),
  /** Nothing can be written below it. */
  DISK_FULL(true),
  /** Records come again, hundreds of them, and not in their order. */
  DUPLICATES(false);

  private static final String BROKER = "kafka";
  private static final String DATABASE = "postgres";
  private static final List<String> PROCESSES =
      List.of(
          "gateway",
          "data-service",
          "data-service-2",
          "trainer-service",
          "eval-service",
          BROKER,
          DATABASE);

  private final boolean lasting;

  FaultKind(boolean lasting) {
    this.lasting = lasting;
  }

  /** Whether it lasts until it is undone. */
  boolean lasting() {
    return lasting;
  }

  /** Names of what it can hit. */
  List<String> targets() {
    return switch (this) {
      case KILL, TERMINATE, FREEZE -> PROCESSES;
      case BROKER_AWAY, DUPLICATES -> List.of(BROKER);
      case READ_ONLY -> List.of(DATABASE);
      case REFUSED -> List.of("gateway", "data", "trainer", "eval");
      case DISK_FULL -> List.of("runs");
    };
  }
}
