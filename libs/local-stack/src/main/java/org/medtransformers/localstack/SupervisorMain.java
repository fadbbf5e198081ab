package org.medtransformers.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/**
 * The supervisor as a process of its own, so that it outlives the command that starts it. It reads
 * the layout from standard input, and stops the stack on SIGTERM. The lock that it holds is what
 * makes it the only one.
 */
public final class SupervisorMain {
  /** Exit code when another supervisor has the folder. */
  static final int ALREADY_RUNNING = 3;

  private SupervisorMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    StackLayout layout = StackFiles.decode(System.in.readAllBytes());
    StackFiles files = StackFiles.of(layout.home()).create();
    try (FileChannel channel =
            FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        System.exit(ALREADY_RUNNING);
      }
      Supervisor supervisor = new Supervisor(layout, System::nanoTime);
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, main), "stop"));
      supervisor.run();
    }
  }

  /** The JVM ends when this returns. */
  private static void stop(Supervisor supervisor, Thread main) {
    supervisor.requestStop();
    try {
      main.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
