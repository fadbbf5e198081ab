package org.medtransformers.cli.stack;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.medtransformers.cli.Console;
import org.medtransformers.cli.Environment;
import org.medtransformers.cli.gateway.GatewayClient;

public final class Platform implements AutoCloseable {
  private final URI gateway;

  private Platform(URI gateway) {
    this.gateway = gateway;
  }

  public static Platform open(Environment environment, Console console, Optional<URI> remote) {
    return new Platform(remote.orElseThrow());
  }

  public GatewayClient client(Consumer<String> trace) {
    return new GatewayClient(gateway, trace);
  }

  public void abandon() {}

  @Override
  public void close() {}
}
