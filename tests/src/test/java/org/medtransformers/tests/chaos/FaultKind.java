package org.medtransformers.tests.chaos;

import java.util.List;

/** What can happen to a part of the suite. */
enum FaultKind {
  /** It is gone, as if the machine had lost its power. */
  KILL(false, Target.PROCESSES),
  /** It is asked to end, as by an update. */
  TERMINATE(false, Target.PROCESSES),
  /** It neither answers nor notices, as a machine that swaps. */
  FREEZE(true, Target.PROCESSES),
  /** It stops in order, and connections to it are refused until it is started again. */
  BROKER_AWAY(true, List.of(Target.BROKER)),
  /** It answers, and refuses to write: a standby, or an administrator's precaution. */
  READ_ONLY(true, List.of(Target.DATABASE)),
  /** It refuses connections to one service's database, and has ended those there were. */
  REFUSED(true, List.of("gateway", "data", "trainer", "eval")),
  /** Nothing can be written below it. */
  DISK_FULL(true, List.of(Target.RUNS)),
  /** Records come again, hundreds of them, and not in their order. */
  DUPLICATES(false, List.of(Target.BROKER));

  /** Names of what a fault can hit. */
  private static final class Target {
    static final String BROKER = "kafka";
    static final String DATABASE = "postgres";
    static final String RUNS = "runs";
    static final List<String> PROCESSES =
        List.of(
            "gateway",
            "data-service",
            "data-service-2",
            "trainer-service",
            "eval-service",
            BROKER,
            DATABASE);
  }

  private final boolean lasting;
  private final List<String> targets;

  FaultKind(boolean lasting, List<String> targets) {
    this.lasting = lasting;
    this.targets = targets;
  }

  /** Whether it lasts until it is undone. */
  boolean lasting() {
    return lasting;
  }

  List<String> targets() {
    return targets;
  }
}
