package org.medtransformers.tests.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The migrations of each service's database, as the checkout has them. */
final class Migrations {
  /** Folder of the service by the name of its database. */
  static final Map<String, String> SERVICES =
      Map.of(
          "gateway", "gateway",
          "data", "data-service",
          "trainer", "trainer-service",
          "eval", "eval-service");

  /** It gives work to others and does none. */
  private static final String WITHOUT_JOBS = "gateway";

  private static final Path ROOT = root();

  private Migrations() {}

  /** Tests run in the module's folder or in the checkout's. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("libs")) ? here : here.getParent();
  }

  /** Scripts of {@code database}, in the order in which a new one gets them. */
  static List<Path> of(String database) {
    Path common = ROOT.resolve("libs/service/src/main/resources/db");
    Path own = ROOT.resolve(SERVICES.get(database)).resolve("src/main/resources/db/migration");
    return Stream.of(common.resolve("common"), common.resolve("jobs"), own)
        .filter(Files::isDirectory)
        .filter(folder -> !(database.equals(WITHOUT_JOBS) && folder.endsWith("jobs")))
        .flatMap(Migrations::scripts)
        .sorted(Comparator.comparingInt(Migrations::version))
        .toList();
  }

  private static Stream<Path> scripts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number in {@code V100__what_it_does.sql}. */
  static int version(Path script) {
    String name = script.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  /** What {@code scripts} say, one after the other. */
  static String text(List<Path> scripts) {
    return scripts.stream().map(Migrations::text).collect(Collectors.joining("\n"));
  }

  private static String text(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the newest tables of {@code database} in an empty one. */
  static void run(String database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text(of(database)));
    }
  }
}
