package org.medtransformers.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a stack consists of. It is all a supervisor needs to know.
 *
 * @param home {@code MEDTRANS_HOME}; the stack's own files are in {@code stack} below it
 * @param brokerPort of Kafka on 127.0.0.1
 * @param controllerPort that the broker uses for itself
 * @param databasePort of PostgreSQL on 127.0.0.1
 * @param partitions of each topic
 * @param services in the order in which they are started; stopped in the reverse order
 * @param patience how long a part may be silent before it is killed and started again
 * @param owner process whose end ends the stack; null for one that stays until it is stopped
 */
public record StackLayout(
    Path home,
    int brokerPort,
    int controllerPort,
    int databasePort,
    List<String> topics,
    int partitions,
    List<ServiceSpec> services,
    Duration patience,
    ProcessId owner) {
  public StackLayout {
    home = home.toAbsolutePath();
    topics = List.copyOf(topics);
    services = List.copyOf(services);
  }

  /** The same stack with one of its services alone. */
  public StackLayout only(String service) {
    return with(services.stream().filter(s -> s.name().equals(service)).toList());
  }

  /** The same stack with more in the environment of its services. */
  public StackLayout with(Map<String, String> settings) {
    return with(services.stream().map(s -> s.with(settings)).toList());
  }

  /** The same stack, whose gateway asks nobody who they are. */
  public StackLayout open() {
    return with(Map.of("MEDTRANS_ACCESS_OPEN", "true"));
  }

  private StackLayout with(List<ServiceSpec> others) {
    return new StackLayout(
        home,
        brokerPort,
        controllerPort,
        databasePort,
        topics,
        partitions,
        others,
        patience,
        owner);
  }

  /** The same stack, which ends when the calling process ends. */
  public StackLayout ownedByThisProcess() {
    return ownedBy(ProcessHandle.current());
  }

  StackLayout ownedBy(ProcessHandle process) {
    return new StackLayout(
        home,
        brokerPort,
        controllerPort,
        databasePort,
        topics,
        partitions,
        services,
        patience,
        ProcessId.of(process));
  }
}
