package org.medtransformers.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.Patience;
import picocli.CommandLine;

/** Runs commands in this process, against a gateway that follows a script. */
abstract class CommandTest {
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  final FakeGateway gateway = new FakeGateway();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  private final AtomicReference<Runnable> interrupt = new AtomicReference<>();

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  /** The exit code of {@code medtrans arguments}, started in {@link #folder}. */
  int medtrans(String... arguments) {
    return medtrans(Duration.ofMillis(20), arguments);
  }

  /** The same of somebody who looks at an experiment every {@code interval}. */
  int medtrans(Duration interval, String... arguments) {
    Environment environment =
        new Environment(
            folder.resolve("home"),
            CHECKOUT,
            folder,
            false,
            new Patience(interval, Duration.ofSeconds(3)),
            System::nanoTime,
            interrupt::set);
    CommandLine commandLine = Medtrans.commandLine(environment);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  /** As Ctrl-C does. */
  void pressInterrupt() {
    interrupt.get().run();
  }

  /** A copy of the demo's experiment file. */
  Path experimentFile() throws IOException {
    return Files.copy(
        CHECKOUT.resolve("configs/demo.json"),
        folder.resolve("experiment.json"),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
