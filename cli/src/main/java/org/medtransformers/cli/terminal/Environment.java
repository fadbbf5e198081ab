package org.medtransformers.cli.terminal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.Signals;

/**
 * What surrounds a command.
 *
 * @param home {@code MEDTRANS_HOME}: artifacts and the local stack's files
 * @param root the checkout, where the services' jars and {@code configs} are
 * @param workingDirectory what relative paths are taken against
 * @param terminal whether standard output is a terminal that can be drawn on
 * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
 * @param onInterrupt installs what Ctrl-C and a request to terminate do
 */
public record Environment(
    Path home,
    Path root,
    Path workingDirectory,
    boolean terminal,
    Patience patience,
    LongSupplier nanoTime,
    Consumer<Runnable> onInterrupt) {

  /** As the launcher script hands it over. */
  public static Environment ofProcess() {
    Path userHome = Path.of(System.getProperty("user.home"));
    return new Environment(
        Optional.ofNullable(System.getenv("MEDTRANS_HOME"))
            .map(Path::of)
            .orElse(userHome.resolve(".medtrans"))
            .toAbsolutePath(),
        Path.of(System.getProperty("medtrans.root", "")).toAbsolutePath(),
        Path.of("").toAbsolutePath(),
        Boolean.getBoolean("medtrans.terminal"),
        Patience.DEFAULT,
        System::nanoTime,
        action -> {
          Signals.handle("INT", action);
          Signals.handle("TERM", action);
          Signals.handle("HUP", action);
        });
  }

  /** Folder with one folder per run. */
  public Path runs() {
    return home.resolve("runs");
  }

  /** Folder with the prepared data sets. */
  public Path datasets() {
    return home.resolve("datasets");
  }
}
