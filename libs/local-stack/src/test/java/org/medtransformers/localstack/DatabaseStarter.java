package org.medtransformers.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Starts a database and stays, until it is killed. */
public final class DatabaseStarter {
  private DatabaseStarter() {}

  public static void main(String[] args) throws InterruptedException {
    LocalDatabase.forTests(Path.of(args[0]), Integer.parseInt(args[1])).start();
    TimeUnit.HOURS.sleep(1);
  }

  /** Runs {@link #main} in a JVM of its own, in a shell whose locale is not installed. */
  static Process launch(Path directory, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaCommand.executable(),
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseStarter.class.getName(),
                directory.toString(),
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "nowhere_XX.UTF-8");
    return builder.start();
  }
}
