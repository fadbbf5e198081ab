package org.medtransformers.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Keys below {@code medtrans.gateway}. */
@ConfigMapping(prefix = "medtrans.gateway")
public interface GatewayConfig {
  /** Largest body of a request; an experiment file has a few KiB. */
  @WithDefault("1M")
  MemorySize maxBodySize();

  /** Experiments that are asked for. */
  Submission submission();

  /** Experiments that are asked for. */
  interface Submission {
    /** Characters that the resolved files of all runs of an experiment may have together. */
    @WithDefault("16M")
    MemorySize maxRunFiles();

    /** Runs that are shown in full where an experiment is only checked. */
    @WithDefault("100")
    int maxShown();

    /** How long a document waits for those before it to be resolved. */
    @WithDefault("5S")
    Duration patience();

    /** Large bodies, of more than an eighth of the largest, that are in memory at once. */
    @WithDefault("4")
    int maxLargeBodies();
  }

  /** Models that are tested against each other by their predictions. */
  Comparison comparison();

  /** Models that are tested against each other by their predictions. */
  interface Comparison {
    /** How long a request waits for what is being worked out. */
    @WithDefault("10S")
    Duration patience();

    /** Memory that the predictions of one data set may take; half of the heap if absent. */
    Optional<MemorySize> memory();
  }

  /** Comparisons that are planned. */
  Planning planning();

  /** Comparisons that are planned. */
  interface Planning {
    /** How long a request waits for its plan. */
    @WithDefault("2S")
    Duration patience();

    /** How long measured speeds count. */
    @WithDefault("7D")
    Duration memory();

    /** How long looking at the data may take; others wait for their plans meanwhile. */
    @WithDefault("1H")
    Duration looking();

    /** How long measuring may wait for a trainer that is busy with other runs. */
    @WithDefault("1H")
    Duration measuring();

    /** Where published weights may lie besides the artifact root: the trainers' own setting. */
    @WithDefault("${medtrans.trainer.weights-dir:}")
    Optional<Path> weightsDir();
  }

  /**
   * The person to whom experiments belong that are asked for over Kafka, where nobody says who
   * asks.
   */
  @WithDefault("local")
  String owner();

  /**
   * From how many experiments of one person on the same test images on that is told with their
   * results.
   */
  @WithDefault("10")
  int testLooks();

  /** Where Grafana has the dashboards; answers about a run link to how it trains there. */
  Optional<URI> grafanaUrl();

  /** How often the files below the artifact root are counted together; the scheduler reads it. */
  @WithDefault("1M")
  Duration diskEvery();

  /** Other services that are asked over HTTP. */
  Peers peers();

  /** Other services that are asked over HTTP. */
  interface Peers {
    /** How long a connection may take. */
    @WithDefault("2S")
    Duration connect();

    /** How long they may take to say what they do. */
    @WithDefault("3S")
    Duration patience();

    /** How long they may take over a picture, or what a model says of an image. */
    @WithDefault("60S")
    Duration work();

    /** Largest image that a model is asked about; the eval-service has a limit too. */
    @WithDefault("64M")
    MemorySize maxImageSize();
  }

  /** Runs of which nothing is heard. */
  Reconciliation reconciliation();

  /** What is removed by itself. */
  Retention retention();

  /** Streams of events to clients. */
  Stream stream();

  /** Runs of which nothing is heard. */
  interface Reconciliation {
    /** How often to look for them; the scheduler reads it. */
    @WithDefault("30S")
    Duration every();

    /** Silence after which the data-service is asked for a run. */
    @WithDefault("5M")
    Duration preparing();

    /** Silence after which trainers are asked. */
    @WithDefault("5M")
    Duration training();

    /** Silence after which the eval-service is asked. */
    @WithDefault("5M")
    Duration evaluating();

    /** How long nobody has answered when a notice of the run says so. */
    @WithDefault("30M")
    Duration noticeAfter();

    /** How long nobody has answered when a run that is to be cancelled ends all the same. */
    @WithDefault("30S")
    Duration cancelPatience();

    /** The same where it is cancelled a second time. */
    @WithDefault("5S")
    Duration secondCancelPatience();
  }

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
     * For how long nobody has written into what is left of a run that was deleted when it goes:
     * longer than a worker that nobody hears of is silent on the disk.
     */
    @WithDefault("1D")
    Duration orphans();

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

    /** Streams that are open at once. */
    @WithDefault("128")
    int max();

    /** Streams that one client, by its address, has open at once. */
    @WithDefault("32")
    int maxPerClient();

    /** Events read at once while a client catches up. */
    @WithDefault("1000")
    int batch();
  }
}
