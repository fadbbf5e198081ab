package org.medtransformers.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Something the supervisor keeps running. Not thread-safe. */
interface Supervised {
  String name();

  int port();

  /** Of its HTTP server; null if it has none. */
  URI url();

  Path log();

  /** Starts it, or starts it again after it died. May return before it is ready. */
  void start();

  /** The process, while it lives. */
  Optional<ProcessHandle> process();

  /** Whether it serves its clients now. */
  boolean ready();

  /** Whether it answers at all within {@code patience}. */
  boolean alive(Duration patience);

  /** Stops it in order, by force if it takes too long; returns when it is gone. */
  void stop();
}
