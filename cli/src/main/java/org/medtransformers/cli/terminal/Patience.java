package org.medtransformers.cli.terminal;

import java.time.Duration;

/**
 * How a client waits.
 *
 * @param interval between two looks
 * @param limit how long the gateway may be away, its supervisor restarting it meanwhile
 */
public record Patience(Duration interval, Duration limit) {
  public static final Patience DEFAULT =
      new Patience(Duration.ofMillis(700), Duration.ofMinutes(3));
}
