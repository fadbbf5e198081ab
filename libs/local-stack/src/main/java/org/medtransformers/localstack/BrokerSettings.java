package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * Where a broker lives.
 *
 * @param directory of its log; kept over restarts
 * @param port clients connect to it on 127.0.0.1
 * @param controllerPort used by the broker itself only; must stay the same over restarts
 */
public record BrokerSettings(Path directory, int port, int controllerPort) {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String LISTENER = "CLIENTS";

  /** A broker in {@code directory} on free ports. */
  public static BrokerSettings onFreePorts(Path directory) {
    return new BrokerSettings(directory, FreePorts.next(), FreePorts.next());
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** One node that is broker and controller, sized for a laptop. */
  Properties properties() {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", String.valueOf(NODE_ID));
    p.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    p.setProperty(
        "listeners",
        String.format(
            Locale.ROOT,
            "%s://%s,%s://127.0.0.1:%d",
            LISTENER,
            bootstrapServers(),
            CONTROLLER_LISTENER,
            controllerPort));
    p.setProperty("advertised.listeners", LISTENER + "://" + bootstrapServers());
    p.setProperty(
        "listener.security.protocol.map",
        "%s:PLAINTEXT,%s:PLAINTEXT".formatted(LISTENER, CONTROLLER_LISTENER));
    p.setProperty("inter.broker.listener.name", LISTENER);
    p.setProperty("log.dirs", directory.toAbsolutePath().toString());
    p.setProperty("auto.create.topics.enable", "false");
    // A finished experiment's event carries its whole table.
    p.setProperty("message.max.bytes", String.valueOf(8 << 20));
    // Without it a restart waits for the broker's own session to time out, as after a kill.
    p.setProperty("controlled.shutdown.enable", "true");
    p.setProperty("broker.session.timeout.ms", "5000");
    p.setProperty("broker.heartbeat.interval.ms", "1000");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    single(p);
    small(p);
    return p;
  }

  private static void single(Properties p) {
    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
  }

  private static void small(Properties p) {
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("background.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    p.setProperty("log.segment.bytes", String.valueOf(64 << 20));
    p.setProperty("log.retention.hours", "168");
  }
}
