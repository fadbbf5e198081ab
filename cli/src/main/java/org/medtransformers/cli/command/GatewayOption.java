package org.medtransformers.cli.command;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For a platform that runs elsewhere. */
final class GatewayOption {
  private static final List<String> SCHEMES = List.of("http", "https");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private URI gateway;

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
  Optional<URI> uri() {
    return Optional.ofNullable(gateway);
  }
}
