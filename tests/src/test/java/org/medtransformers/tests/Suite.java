package org.medtransformers.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.FreePorts;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackStatus;
import org.medtransformers.localstack.StandardLayout;

/** The packaged suite as real processes, in a folder of its own. */
public final class Suite extends Experiments implements AutoCloseable {
  /** How long a job belongs to a process that is not heard of. */
  static final Duration LEASE = Duration.ofSeconds(5);

  /** Who is dead is given up after seconds: as the owner of a job, and by Kafka. */
  public static final Map<String, String> IMPATIENT =
      Map.of(
          "MEDTRANS_JOBS_LEASE", LEASE.toString(),
          "MEDTRANS_JOBS_RENEW_EVERY", "1S",
          // What it removes is missed by nobody.
          "MEDTRANS_GATEWAY_RETENTION_EVERY", "1S",
          "KAFKA_SESSION_TIMEOUT_MS", "6000",
          "KAFKA_HEARTBEAT_INTERVAL_MS", "1000");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;

  private Suite(Path home, URI gateway) {
    super(home, gateway, StackStatus.token(home));
    this.home = home;
  }

  /**
   * Starts the suite below {@code home}, with two replicas of the data-service; locations below
   * {@code dataRoot} are allowed.
   */
  public static Suite start(Path home, Path dataRoot) throws IOException {
    return start(home, dataRoot, 2, IMPATIENT);
  }

  /** The same with so many replicas and the services' environment changed by {@code settings}. */
  public static Suite start(
      Path home, Path dataRoot, int dataServices, Map<String, String> settings) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("data-roots"), dataRoot.toRealPath() + "\n");
    Path checkout = Path.of("..").toRealPath();
    StackState state =
        LocalStack.start(
            StandardLayout.of(
                    home, checkout, OptionalInt.of(FreePorts.next()), dataServices, Topics.all())
                .with(settings)
                .ownedByThisProcess(),
            progress -> {});
    return new Suite(home, state.part("gateway").orElseThrow().url());
  }

  /** The process of a part as it runs now. */
  public ProcessHandle process(String part) {
    return StackStatus.read(home)
        .flatMap(state -> state.part(part))
        .flatMap(p -> p.process().find())
        .orElseThrow(() -> new IllegalStateException(part + " does not run"));
  }

  /** kill -9. */
  public void kill(String part) {
    process(part).destroyForcibly();
  }

  /** Where a part answers. */
  public URI url(String part) {
    return StackStatus.read(home).flatMap(state -> state.part(part)).orElseThrow().url();
  }

  /** What the broker's administrator connects with. */
  public Map<String, Object> broker() {
    return broker(home);
  }

  /** The same for the broker of the stack in {@code home}. */
  static Map<String, Object> broker(Path home) {
    Map<String, Object> settings = new HashMap<>(LocalStack.brokerAdministrator(home));
    settings.put("bootstrap.servers", StackStatus.read(home).orElseThrow().bootstrapServers());
    return settings;
  }

  /** The stack as its supervisor sees it. */
  public StackState state() {
    return StackStatus.read(home).orElseThrow();
  }

  /** A connection to the database called {@code name}, beside the services. */
  public Connection connect(String name) throws SQLException {
    StackState.Part postgres = state().part("postgres").orElseThrow();
    return LocalDatabase.durable(
            home.resolve("stack/postgres"), postgres.port(), Path.of(postgres.log()))
        .connect(name);
  }

  /** Where all of it lies. */
  Path home() {
    return home;
  }

  /** The folder of all runs' folders. */
  public Path runs() {
    return home.resolve("runs");
  }

  /** What a part has logged. */
  String log(String part) throws IOException {
    return Files.readString(home.resolve("stack/logs").resolve(part + ".log"));
  }

  /** Waits until one of {@code parts} has logged {@code line}; gives that part. */
  String awaitLog(String line, String... parts) {
    return await(line)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Stream.of(parts).filter(p -> says(p, line)).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private boolean says(String part, String line) {
    try {
      return log(part).contains(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code test} while nobody starts again what dies; afterwards all parts are there. */
  void unsupervised(Callable<Void> test) throws Exception {
    long supervisor = StackStatus.read(home).orElseThrow().supervisor().pid();
    signal("STOP", supervisor);
    try {
      test.call();
    } finally {
      signal("CONT", supervisor);
    }
    awaitAll();
  }

  /** Waits until every part serves its clients. */
  public void awaitAll() {
    await("all parts").atMost(PATIENCE).until(this::allAnswer);
  }

  private boolean allAnswer() throws InterruptedException {
    for (StackState.Part part : StackStatus.read(home).orElseThrow().parts()) {
      if (!answers(part)) {
        return false;
      }
    }
    return true;
  }

  private boolean answers(StackState.Part part) throws InterruptedException {
    if (part.url() == null) {
      return part.ready();
    }
    try {
      URI health = part.url().resolve("/q/health/ready");
      return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Freezes a part, so that it neither answers nor notices, and lets it go on after {@code time}.
   */
  void freeze(String part, Duration time) throws IOException, InterruptedException {
    long pid = process(part).pid();
    signal("STOP", pid);
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
    signal("CONT", pid);
  }

  /** Sends a signal by name, e.g. {@code INT}, to a part as it runs now. */
  public void signal(String name, String part) throws IOException, InterruptedException {
    signal(name, process(part).pid());
  }

  /** Sends a signal to a process, by its number. */
  public static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  @Override
  public void close() {
    LocalStack.stop(home);
  }
}
