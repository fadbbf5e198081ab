package org.medtransformers.cli.command;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.localstack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells the person what went wrong and the caller which kind it was. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The mistake, and where to read on rather than all of it. */
  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("medtrans: " + mistake.getMessage());
    if (command.getSubcommands().isEmpty()) {
      command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    } else {
      command.usage(command.getErr());
    }
    return ExitCode.INVALID;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    // What was parsed is the root's; the option is the command's.
    if (commandLine.getParseResult().hasMatchedOption("--debug")) {
      failure.printStackTrace(commandLine.getErr());
    }
    if (failure instanceof MedtransException known) {
      known.errors().forEach(e -> commandLine.getErr().println("medtrans: " + e.message()));
      advice(known.code()).ifPresent(commandLine.getErr()::println);
      return exitCode(known.code());
    }
    boolean explained =
        failure instanceof StackException || failure instanceof UncheckedIOException;
    String message = explained ? failure.getMessage() : failure.toString();
    commandLine.getErr().println("medtrans: " + message);
    return ExitCode.FAILED;
  }

  /** What to do about it, where the message cannot know. */
  private static Optional<String> advice(ErrorCode code) {
    if (code == ErrorCode.PATH_NOT_ALLOWED) {
      return Optional.of(
          "Services read only below configured folders; --data_location DIR adds DIR to them.");
    }
    return code == ErrorCode.NOT_SIGNED_IN
        ? Optional.of("A gateway elsewhere wants a token: --token-file, or MEDTRANS_TOKEN.")
        : Optional.empty();
  }

  private static int exitCode(ErrorCode code) {
    return switch (code.origin()) {
      case REQUEST -> ExitCode.INVALID;
      case CIRCUMSTANCES, PASSING, PLATFORM -> ExitCode.FAILED;
    };
  }
}
