package org.medtransformers.cli;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** For a platform that runs elsewhere. */
final class GatewayOption {
  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "${env:MEDTRANS_GATEWAY}",
      description = "Uses the gateway there rather than a local stack (or env MEDTRANS_GATEWAY)")
  private URI gateway;

  /** Empty: the local stack. */
  Optional<URI> uri() {
    return Optional.ofNullable(gateway);
  }
}
