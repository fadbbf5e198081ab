package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many experiments for the gateway to show. */
@Command(
    name = "store",
    description = {
      "Fills the local stack, which must be up, with copies of a finished EXPERIMENT: many small",
      "ones, and one of many runs with long curves, whose predictions differ. The last line is the",
      "id of the large one. Everything stays until it is deleted."
    },
    exitCodeList = {"0:written", "1:it cannot be written", "2:wrong usage"})
final class StoreCommand implements Callable<Integer> {
  private final Path home;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EXPERIMENT", description = "Id of one whose runs have all succeeded")
  private UUID experiment;

  @Option(
      names = "--experiments",
      defaultValue = "1000",
      description = "Copies of all its runs (${DEFAULT-VALUE})")
  private int experiments;

  @Option(names = "--runs", defaultValue = "300", description = "Of the large (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--points",
      defaultValue = "10000",
      description = "Of the loss of each of these runs (${DEFAULT-VALUE})")
  private int points;

  StoreCommand(Path home) {
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    StackState.Part postgres =
        StackStatus.read(home)
            .flatMap(state -> state.part("postgres"))
            .orElseThrow(() -> wrong("no stack runs on " + home + "; start it: medtrans up"));
    LocalDatabase database =
        LocalDatabase.durable(
            home.resolve("stack/postgres"), postgres.port(), Path.of(postgres.log()));
    try (Connection gateway = database.connect("gateway")) {
      StoredCopies copies = new StoredCopies(gateway, home.resolve("runs"));
      UUID large = copies.of(experiment, new StoredCopies.Size(experiments, runs, points));
      spec.commandLine().getOut().println(large);
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
