package org.medtransformers.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medtransformers.cli.stack.Remote;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For a platform that runs elsewhere. */
final class GatewayOption {
  private static final List<String> SCHEMES = List.of("http", "https");

  /** No option: what stands on a command line is seen by every user of the machine. */
  private static final String TOKEN = "MEDTRANS_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private URI gateway;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:MEDTRANS_TOKEN_FILE}",
      description =
          "A file with the token for that gateway (or env MEDTRANS_TOKEN_FILE, or the token itself"
              + " in env MEDTRANS_TOKEN); the local stack's is found without")
  private Path tokenFile;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "${env:MEDTRANS_GATEWAY}",
      description = "Uses the gateway there rather than a local stack (or env MEDTRANS_GATEWAY)")
  void use(URI given) {
    if (given != null && !(given.getHost() != null && SCHEMES.contains(given.getScheme()))) {
      throw new ParameterException(
          command.commandLine(),
          "--gateway (or MEDTRANS_GATEWAY): found \"%s\", allowed: a URL such as".formatted(given)
              + " http://127.0.0.1:8080");
    }
    gateway = given;
  }

  /** Empty: the local stack. */
  Optional<Remote> remote() {
    return Optional.ofNullable(gateway).map(given -> new Remote(given, token()));
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return Optional.ofNullable(System.getenv(TOKEN)).map(String::strip);
    }
    try {
      return Optional.of(Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(),
          "--token-file (or MEDTRANS_TOKEN_FILE): cannot read %s (%s)".formatted(tokenFile, e),
          e);
    }
  }
}
