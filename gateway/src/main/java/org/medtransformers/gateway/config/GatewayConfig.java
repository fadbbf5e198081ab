package org.medtransformers.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Keys below {@code medtrans.gateway}. */
@ConfigMapping(prefix = "medtrans.gateway")
public interface GatewayConfig {
  /** Largest body of a request; an experiment file has a few KiB. */
  @WithDefault("1M")
  MemorySize maxBodySize();

  /** Whose the experiments of this installation are, as metrics of their cost name them. */
  @WithDefault("unknown")
  String owner();

  /** Where Grafana has the dashboards; answers about a run link to how it trains there. */
  Optional<URI> grafanaUrl();

  /** How often the files below the artifact root are counted together; the scheduler reads it. */
  @WithDefault("1M")
  Duration diskEvery();

  /** What is removed by itself. */
  Retention retention();

  /** Streams of events to clients. */
  Stream stream();

  /** What is removed by itself. */
  interface Retention {
    /** How often there is a look for what is due; the scheduler reads it. */
    @WithDefault("1M")
    Duration every();

    /** How long the last checkpoint of a run stays that succeeded, unless its file says. */
    @WithDefault("0S")
    Duration succeeded();

    /** The same of a run that failed or was cancelled. */
    @WithDefault("30D")
    Duration failed();

    /**
     * So much prepared data sets may take together before those go that nobody needs, the one used
     * longest ago first; half of the disk by default.
     */
    Optional<MemorySize> datasets();

    /** After how long the curve of a run's loss is left with a few hundred points. */
    @WithDefault("30D")
    Duration curves();
  }

  /** Streams of events to clients. */
  interface Stream {
    /** How often a stream looks for what another replica has written. */
    @WithDefault("250MS")
    Duration pollEvery();

    /** Silence after which a comment shows that the stream is alive. */
    @WithDefault("15S")
    Duration heartbeatEvery();

    /** Events read at once while a client catches up. */
    @WithDefault("1000")
    int batch();
  }
}
