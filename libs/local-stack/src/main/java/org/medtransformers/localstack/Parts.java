package org.medtransformers.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the parts that a layout describes. */
final class Parts {
  private static final List<String> BROKER_JVM_ARGUMENTS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dlog4j2.StatusLogger.level=OFF",
          "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %3$s %5$s%6$s%n");

  private final StackLayout layout;
  private final StackFiles files;
  private final LocalDatabase database;

  Parts(StackLayout layout) {
    this.layout = layout;
    this.files = StackFiles.of(layout.home());
    this.database =
        LocalDatabase.durable(files.database(), layout.databasePort(), files.log("postgres"));
  }

  /** What the services need, to be ready before them. */
  List<Supervised> backends() {
    return List.of(broker(), database());
  }

  List<Supervised> services() {
    return layout.services().stream().map(this::service).toList();
  }

  private Supervised broker() {
    BrokerSettings settings =
        new BrokerSettings(files.broker(), layout.brokerPort(), layout.controllerPort());
    List<String> command = java(BROKER_JVM_ARGUMENTS);
    command.add(LocalBrokerMain.class.getName());
    command.addAll(
        LocalBrokerMain.arguments(
            settings,
            files.brokerReady(),
            files.brokerUsers(),
            layout.partitions(),
            layout.topics()));
    return new SupervisedJvm(
        "kafka",
        layout.brokerPort(),
        null,
        files.log("kafka"),
        command,
        () -> Map.of("CLASSPATH", System.getProperty("java.class.path")),
        this::brokerReady,
        patience ->
            LocalBroker.answers(settings.bootstrapServers(), files.brokerUsers(), patience));
  }

  private boolean brokerReady(ProcessHandle process) {
    try {
      return Files.exists(files.brokerReady())
          && Files.readString(files.brokerReady()).equals(String.valueOf(process.pid()));
    } catch (IOException e) {
      return false;
    }
  }

  private Supervised database() {
    return new SupervisedDatabase(
        database,
        layout.databasePort(),
        files.log("postgres"),
        layout.services().stream().map(ServiceSpec::database).distinct().toList());
  }

  private Supervised service(ServiceSpec spec) {
    List<String> command = spec.isJar() ? jar(spec) : binary(spec);
    return new SupervisedJvm(
        spec.name(),
        spec.port(),
        spec.url(),
        files.log(spec.name()),
        command,
        () -> environment(spec),
        process -> Health.isReady(spec.url()),
        patience -> Health.isLive(spec.url(), patience));
  }

  private Map<String, String> environment(ServiceSpec spec) {
    Map<String, String> environment = new HashMap<>(spec.environment());
    environment.put("MEDTRANS_HOME", layout.home().toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + layout.brokerPort());
    environment.putAll(files.brokerUsers().environment(spec.user()));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(spec.port()));
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(spec.database()));
    LocalDatabase.Owner owner = database.owner(spec.database());
    environment.put("QUARKUS_DATASOURCE_USERNAME", owner.user());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", owner.password());
    environment.put(
        "MEDTRANS_ACCESS_SERVICE_KEY_FILE", Secrets.made(files.serviceKey()).toString());
    environment.put(
        "MEDTRANS_ACCESS_METRICS_TOKEN_FILE", Secrets.made(files.metricsToken()).toString());
    return environment;
  }

  private List<String> jar(ServiceSpec spec) {
    List<String> command = java(spec.jvmArguments());
    // A JVM without memory limps on with threads missing; the supervisor starts a sound one.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-jar");
    command.add(spec.program().toString());
    return command;
  }

  private List<String> binary(ServiceSpec spec) {
    return command(
        spec.program().toString(),
        spec.jvmArguments().stream()
            .filter(argument -> argument.startsWith("-Xmx") || argument.startsWith("-D"))
            .toList());
  }

  private List<String> java(List<String> jvmArguments) {
    return command(JavaCommand.executable(), jvmArguments);
  }

  private List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    // First, as only the beginning of a long command line can be read from another process.
    command.add(Leftovers.mark(layout.home()));
    command.addAll(JavaCommand.arguments(layout.home()));
    command.addAll(arguments);
    return command;
  }
}
