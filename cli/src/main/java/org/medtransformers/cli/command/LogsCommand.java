package org.medtransformers.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.medtransformers.cli.stack.LogTail;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.localstack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the parts of the local stack wrote. */
@Command(name = "logs", description = "Shows the logs of the local stack, of all its parts or one.")
final class LogsCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final String ENDING = ".log";

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "E.g. gateway, data-service, trainer-service, eval-service, kafka, postgres")
  private String service;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "Lines of each log to begin with (default: ${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what is written, until Ctrl-C")
  private boolean follow;

  LogsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> parts = parts();
    List<LogTail> tails =
        parts.stream()
            .map(part -> new LogTail(StackStatus.log(environment.home(), part), prefix(part)))
            .toList();
    tails.forEach(tail -> print(tail.last(lines)));
    while (follow) {
      Thread.sleep(LOOK_EVERY.toMillis());
      tails.forEach(tail -> print(tail.news()));
    }
    return ExitCode.OK;
  }

  private void print(List<String> news) {
    news.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }

  private String prefix(String part) {
    return service == null ? part + " | " : "";
  }

  private List<String> parts() {
    List<String> known = known();
    if (service == null) {
      return known;
    }
    if (!known.contains(service)) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND, "there is no log of " + service + "; there are " + known);
    }
    return List.of(service);
  }

  private List<String> known() {
    Path folder = StackStatus.log(environment.home(), "any").getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
