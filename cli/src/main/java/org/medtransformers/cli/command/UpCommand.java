package org.medtransformers.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.stack.DataRoots;
import org.medtransformers.cli.stack.Starter;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.cli.terminal.Interruption;
import org.medtransformers.contracts.access.SignInLink;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.localstack.StackException;
import org.medtransformers.localstack.StackLayout;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackStatus;
import org.medtransformers.localstack.StandardLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the local stack to stay. */
@Command(
    name = "up",
    description = "Starts the local stack: Kafka, PostgreSQL and the services, on 127.0.0.1.")
final class UpCommand implements Callable<Integer> {
  private static final int MOST_REPLICAS = 16;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The gateway's port; default: the first free one from 8080 on")
  private Integer port;

  @Option(
      names = "--data-services",
      paramLabel = "N",
      description = "Replicas of the data-service, which share its work; default: 1")
  private Integer dataServices;

  @Option(
      names = {"--data-root", "--data_root"},
      paramLabel = "DIR",
      description = "A folder that services may read data from; may be given several times")
  private List<Path> dataRoots = List.of();

  @Option(
      names = "--no-auth",
      description =
          "Asks nobody who they are: every user and program of this machine may do everything, and"
              + " so may every web page that gets round the browser's rules")
  private boolean noAuth;

  UpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (port != null && (port < 1 || port > 65_535)) {
      throw new ParameterException(
          spec.commandLine(), "--port: found " + port + ", allowed: a port from 1 to 65535");
    }
    if (dataServices != null && (dataServices < 1 || dataServices > MOST_REPLICAS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--data-services: found " + dataServices + ", allowed: 1 to " + MOST_REPLICAS);
    }
    Console console =
        new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), false, false);
    for (Path folder : dataRoots) {
      Path absolute = environment.workingDirectory().resolve(folder);
      new DataRoots(environment.home()).allow(absolute, console);
    }
    Optional<StackState> running = StackStatus.read(environment.home());
    if (running.isPresent()) {
      return alreadyUp(running.get());
    }
    return start(console);
  }

  private int alreadyUp(StackState running) {
    if (running.ephemeral()) {
      throw new StackException(
          "a stack runs already in "
              + environment.home()
              + ", but ends with the command that started it; try again then");
    }
    boolean elsewhere =
        port != null && running.part("gateway").filter(g -> g.port() == port).isEmpty();
    if (elsewhere) {
      throw new StackException("the stack runs already, on another port; stop it first");
    }
    if (dataServices != null && dataServices != replicas(running)) {
      throw new StackException(
          "the stack runs already, with another number of data-services: %d; stop it first"
              .formatted(replicas(running)));
    }
    if (noAuth) {
      throw new StackException(
          "the stack runs already; who is asked is settled at its start: stop it first");
    }
    print("The local stack is up already", running);
    printLink(running);
    return ExitCode.OK;
  }

  private static long replicas(StackState running) {
    return running.parts().stream().filter(p -> p.name().startsWith("data-service")).count();
  }

  private int start(Console console) {
    // Told before anything is started, if it is wrong.
    String torch = String.join("; ", TorchEngine.foreseen().lines());
    Interruption interruption =
        new Interruption(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    interruption.acknowledgeWith(() -> console.notice("Stopping"));
    environment.onInterrupt().accept(interruption::press);
    OptionalInt wanted = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    try {
      StackLayout layout =
          StandardLayout.of(
              environment.home(),
              environment.root(),
              wanted,
              dataServices == null ? 1 : dataServices,
              Topics.all());
      StackState started =
          new Starter(console, interruption::requested).start(noAuth ? layout.open() : layout);
      print("The local stack is up", started);
      spec.commandLine().getOut().printf("  compute  %s%n", torch).flush();
      if (noAuth) {
        console.notice(
            "Nobody is asked who they are (--no-auth): every user and program of this machine may"
                + " do everything.");
      } else {
        printLink(started);
      }
      return ExitCode.OK;
    } catch (Starter.InterruptedStartException e) {
      return ExitCode.INTERRUPTED;
    }
  }

  /** Signs one browser in, once. */
  private void printLink(StackState state) {
    URI gateway = state.part("gateway").orElseThrow().url();
    Optional<String> token = Optional.of(StackStatus.token(environment.home()));
    SignInLink link = new GatewayClient(() -> gateway, () -> token, line -> {}).signInLink();
    spec.commandLine()
        .getOut()
        .printf(
            "  page     %s%n           signs a browser in, once, until %s; medtrans up gives another%n",
            gateway.resolve(link.path()), TIME.format(link.expires()))
        .flush();
  }

  private void print(String headline, StackState state) {
    URI gateway = state.part("gateway").orElseThrow().url();
    spec.commandLine()
        .getOut()
        .printf(
            "%s%n  gateway  %s%n  API      %s%n  Kafka    %s%n",
            headline, gateway, gateway.resolve("/q/swagger-ui"), state.bootstrapServers());
    spec.commandLine().getOut().flush();
  }
}
