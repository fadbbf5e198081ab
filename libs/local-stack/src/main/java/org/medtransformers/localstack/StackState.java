package org.medtransformers.localstack;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stack as its supervisor last saw it: the contents of {@code stack/stack.json}.
 *
 * @param supervisor the process that watches the others
 * @param startedAt when the stack was started
 * @param ephemeral whether it ends with the command that started it
 * @param bootstrapServers of the broker
 * @param failure why it did not start; null unless {@code phase} is {@code FAILED}
 */
public record StackState(
    Phase phase,
    ProcessId supervisor,
    Instant startedAt,
    boolean ephemeral,
    String bootstrapServers,
    List<Part> parts,
    String failure) {

  /** How far it has come. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING,
    FAILED
  }

  /**
   * A process of the stack.
   *
   * @param name e.g. {@code kafka}, {@code postgres}, {@code gateway}
   * @param process null while it does not run
   * @param port on 127.0.0.1
   * @param url of its HTTP server; null if it has none
   * @param ready whether it answered that it is, since its last start
   * @param restarts how often it died and was started again
   * @param log its log file
   */
  public record Part(
      String name, ProcessId process, int port, URI url, boolean ready, int restarts, String log) {}

  /** The part called {@code name}. */
  public Optional<Part> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }
}
