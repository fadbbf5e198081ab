package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A broker as a process of its own: {@code LocalBrokerMain <directory> <port> <controller port>
 * <partitions> <topic>…}. Prints {@value #READY} when the topics are there; stops cleanly on
 * SIGTERM.
 */
public final class LocalBrokerMain {
  /** The line on standard output that tells that clients may come. */
  public static final String READY = "broker ready";

  private LocalBrokerMain() {}

  public static void main(String[] args) {
    BrokerSettings settings =
        new BrokerSettings(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int partitions = Integer.parseInt(args[3]);
    List<String> topics = Arrays.asList(args).subList(4, args.length);
    LocalBroker broker = new LocalBroker(settings).start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "broker-stop"));
    broker.createTopics(topics, partitions);
    System.out.println(READY);
  }
}
