package org.medtransformers.service.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys below {@code medtrans} that every service knows. */
@ConfigMapping(prefix = "medtrans")
public interface MedtransConfig {
  /** Root of all artifacts (environment: {@code MEDTRANS_HOME}). */
  @WithDefault("${user.home}/.medtrans")
  Path home();

  /** Folders that data may be read from, besides those listed in the file data-roots of home. */
  Optional<List<Path>> dataRoots();

  Jobs jobs();

  Outbox outbox();

  Inbox inbox();

  Liveness liveness();

  Disk disk();

  /** Room where artifacts are written. */
  interface Disk {
    /** With less than this left no job is begun; what is left is for those at work. */
    @WithDefault("256M")
    MemorySize reserve();

    /** How often what waits for room looks whether there is some. */
    @WithDefault("15S")
    Duration retryEvery();
  }

  /** Long work. */
  interface Jobs {
    /**
     * How many jobs one instance works on at a time; 0 for one that only takes commands, sends
     * events and ends what nobody holds.
     */
    @WithDefault("1")
    int concurrency();

    /** After how many jobs the process ends by itself; never if absent. */
    OptionalInt limit();

    /** How long a process that ends by itself waits for a job before it ends without one. */
    @WithDefault("10S")
    Duration idle();

    /** How long a job belongs to an instance that has not been heard of. */
    @WithDefault("15S")
    Duration lease();

    /** How often a lease is renewed; well below a third of it. */
    @WithDefault("4S")
    Duration renewEvery();

    /** How often to look for work nobody told of: lapsed leases, delayed retries, cancels. */
    @WithDefault("1S")
    Duration pollEvery();

    /** Attempts without any progress after which a job is given up. */
    @WithDefault("5")
    int maxAttempts();

    /** Wait before the second attempt; doubled for each further one. */
    @WithDefault("1S")
    Duration backoff();

    /** How long jobs that have ended are remembered; more than the topics' retention. */
    @WithDefault("30D")
    Duration memory();

    /** How long shutdown waits for a job to reach a point where it can be given back. */
    @WithDefault("25S")
    Duration stopPatience();
  }

  /** Events to be sent. */
  interface Outbox {
    /** How often to look for events that were committed elsewhere. */
    @WithDefault("1S")
    Duration pollEvery();

    /** How many events are sent together at most. */
    @WithDefault("500")
    int batch();
  }

  /** When a service that answers counts as dead all the same. */
  interface Liveness {
    /**
     * How long a thread may be silent that is to give signs of life; well above what it may wait
     * for the database, for the broker, and for a processor.
     */
    @WithDefault("3M")
    Duration maxSilence();
  }

  /** Events received. */
  interface Inbox {
    /**
     * Failures of a handler in a row, with the database at hand, after which a record is a dead
     * letter.
     */
    @WithDefault("5")
    int maxFailures();

    /** Processes in a row that died with a record in hand, after which it is a dead letter. */
    @WithDefault("3")
    int maxDeaths();

    /** Wait after the first failure; doubled for each further one, up to ten seconds. */
    @WithDefault("200MS")
    Duration backoff();

    /** How long duplicates are recognised; more than the topics' retention. */
    @WithDefault("30D")
    Duration memory();
  }
}
