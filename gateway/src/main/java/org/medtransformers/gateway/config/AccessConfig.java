package org.medtransformers.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Keys below {@code medtrans.access} that only the gateway knows. */
@ConfigMapping(prefix = "medtrans.access")
public interface AccessConfig {
  /** The token of this installation; whoever has it may do everything. */
  Optional<String> token();

  /** A file with it. */
  Optional<Path> tokenFile();

  /** Who somebody is that comes with the token of this installation. */
  @WithDefault("${user.name}")
  String person();

  /** The team of that person. */
  @WithDefault("local")
  String team();

  /**
   * Whether nobody is asked who they are: everybody is that person. Only where nothing but this
   * machine reaches the gateway.
   */
  @WithDefault("false")
  boolean open();

  /** How long a browser stays signed in. */
  @WithDefault("12H")
  Duration session();

  /** How long a link that signs a browser in can be used. */
  @WithDefault("10M")
  Duration link();
}
