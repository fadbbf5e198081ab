package org.medtransformers.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A broker as a process of its own: {@code LocalBrokerMain <directory> <port> <controller port>
 * <ready file> <users' folder> <partitions> <topic>…}. Writes its process id into the ready file
 * when the topics are there; stops cleanly on SIGTERM.
 */
public final class LocalBrokerMain {
  private LocalBrokerMain() {}

  /** The arguments that {@link #main} takes. */
  static List<String> arguments(
      BrokerSettings settings,
      Path readyFile,
      BrokerUsers users,
      int partitions,
      List<String> topics) {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.directory().toString());
    arguments.add(String.valueOf(settings.port()));
    arguments.add(String.valueOf(settings.controllerPort()));
    arguments.add(readyFile.toString());
    arguments.add(users.directory().toString());
    arguments.add(String.valueOf(partitions));
    arguments.addAll(topics);
    return arguments;
  }

  public static void main(String[] args) throws IOException {
    BrokerSettings settings =
        new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Path readyFile = Path.of(args[3]);
    BrokerUsers users = new BrokerUsers(Path.of(args[4]));
    int partitions = Integer.parseInt(args[5]);
    List<String> topics = Arrays.asList(args).subList(6, args.length);
    Logger.getLogger("").setLevel(Level.WARNING);
    LocalBroker broker = new LocalBroker(settings, users).start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-stop"));
    broker.createTopics(topics, partitions);
    PrivateFiles.write(readyFile, String.valueOf(ProcessHandle.current().pid()));
  }
}
