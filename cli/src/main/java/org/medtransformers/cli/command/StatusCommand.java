package org.medtransformers.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.medtransformers.cli.progress.Columns;
import org.medtransformers.cli.progress.Durations;
import org.medtransformers.cli.stack.Memory;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.localstack.ProcessId;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the local stack, part by part. */
@Command(
    name = "status",
    description = {
      "Shows every part of the local stack.",
      "Memory is resident, shared pages counted once."
    },
    exitCodeList = {"0:everything is ready", "1:the stack is down or not ready"})
final class StatusCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;
  private static final String NONE = "–";

  private final Environment environment;

  @Spec private CommandSpec spec;

  StatusCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<StackState> stack = StackStatus.read(environment.home());
    spec.commandLine()
        .getOut()
        .print(
            stack
                .map(this::render)
                .orElse("The local stack is down (" + environment.home() + ")\n"));
    spec.commandLine().getOut().flush();
    return stack.filter(s -> s.phase() == StackState.Phase.READY).isPresent()
            && stack.get().parts().stream().allMatch(StackState.Part::ready)
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private String render(StackState stack) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("part", "state", "pid", "port", "uptime", "memory", "restarts"));
    // The others are the supervisor's children; it is counted without them.
    OptionalLong supervisor = memory(stack.supervisor(), Memory::of);
    rows.add(row("supervisor", stack.phase().name(), stack.supervisor(), NONE, supervisor, NONE));
    long total = supervisor.orElse(0);
    for (StackState.Part part : stack.parts()) {
      OptionalLong memory = memory(part.process(), Memory::ofTree);
      rows.add(
          row(
              part.name(),
              state(part),
              part.process(),
              String.valueOf(part.port()),
              memory,
              String.valueOf(part.restarts())));
      total += memory.orElse(0);
    }
    rows.add(List.of("total", "", "", "", "", mebibytes(OptionalLong.of(total)), ""));
    return Columns.render(rows);
  }

  private static String state(StackState.Part part) {
    if (part.ready()) {
      return "READY";
    }
    return part.process() == null ? "DOWN" : "STARTING";
  }

  private List<String> row(
      String name,
      String state,
      ProcessId process,
      String port,
      OptionalLong memory,
      String restarts) {
    return List.of(
        name,
        state,
        process == null ? NONE : String.valueOf(process.pid()),
        port,
        process == null || process.started() == null ? NONE : uptime(process.started()),
        mebibytes(memory),
        restarts);
  }

  private String uptime(Instant started) {
    return Durations.clock(Duration.between(started, Instant.now()));
  }

  private static OptionalLong memory(
      ProcessId process, Function<ProcessHandle, OptionalLong> measure) {
    return Optional.ofNullable(process)
        .flatMap(ProcessId::find)
        .map(measure)
        .orElse(OptionalLong.empty());
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isEmpty() ? NONE : String.format(Locale.ROOT, "%.0f MiB", bytes.getAsLong() / MIB);
  }
}
