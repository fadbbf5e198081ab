package org.medtransformers.localstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.contracts.event.TopicRights;
import org.medtransformers.contracts.event.Topics;

/**
 * Who may connect to a broker, and what they may do there: each service with the topics that are
 * its own ({@link TopicRights}), programs of the user's that ask for experiments, and an
 * administrator, who is the broker itself too. Passwords are in files that only their owner may
 * open, one for each user. Services and programs show theirs by SCRAM; the administrator has to be
 * known before there is anything that could keep a SCRAM credential, and is known by PLAIN.
 *
 * @param directory of the passwords
 */
record BrokerUsers(Path directory) {
  /** Who makes topics and users, and may do everything. */
  static final String ADMINISTRATOR = "admin";

  /** A program that asks for experiments and hears what becomes of them. */
  static final String CLIENT = "client";

  private static final String ANYWHERE = "*";
  private static final int ITERATIONS = 4096;
  private static final String PLAIN = "PLAIN";
  private static final String SCRAM = ScramMechanism.SCRAM_SHA_512.mechanismName();
  private static final String PROTOCOL = "SASL_PLAINTEXT";

  /** What {@code user} connects with, as keys of a Kafka client. */
  Map<String, String> connection(String user) {
    boolean administrator = user.equals(ADMINISTRATOR);
    return Map.of(
        "security.protocol",
        PROTOCOL,
        "sasl.mechanism",
        administrator ? PLAIN : SCRAM,
        "sasl.jaas.config",
        login(administrator ? PlainLoginModule.class : ScramLoginModule.class, user) + ";");
  }

  /** The same as variables of a service's environment. */
  Map<String, String> environment(String user) {
    Map<String, String> environment = new HashMap<>();
    connection(user)
        .forEach(
            (key, value) ->
                environment.put("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    return environment;
  }

  /** Makes a broker with these listeners ask who connects. */
  void secure(Properties broker, String listener, String controllerListener) {
    String protocols = "%s:%s,%s:%s".formatted(listener, PROTOCOL, controllerListener, PROTOCOL);
    broker.setProperty("listener.security.protocol.map", protocols);
    broker.setProperty("inter.broker.listener.name", listener);
    broker.setProperty("sasl.mechanism.inter.broker.protocol", PLAIN);
    broker.setProperty("sasl.mechanism.controller.protocol", PLAIN);
    broker.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
    broker.setProperty("super.users", "User:" + ADMINISTRATOR);
    accept(broker, listener, List.of(PLAIN, SCRAM));
    accept(broker, controllerListener, List.of(PLAIN));
  }

  private void accept(Properties broker, String listener, List<String> mechanisms) {
    String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    broker.setProperty(prefix + "sasl.enabled.mechanisms", String.join(",", mechanisms));
    broker.setProperty(
        prefix + "plain.sasl.jaas.config",
        "%s user_%s=\"%s\";"
            .formatted(
                login(PlainLoginModule.class, ADMINISTRATOR),
                ADMINISTRATOR,
                password(ADMINISTRATOR)));
    if (mechanisms.contains(SCRAM)) {
      broker.setProperty(
          prefix + SCRAM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
          ScramLoginModule.class.getName() + " required;");
    }
  }

  private String login(Class<?> module, String user) {
    return "%s required username=\"%s\" password=\"%s\""
        .formatted(module.getName(), user, password(user));
  }

  private String password(String user) {
    return Secrets.in(directory.resolve(user));
  }

  /** Makes all users but the administrator known, and what they may do; again has no effect. */
  void grant(Admin admin) throws InterruptedException, ExecutionException {
    List<UserScramCredentialAlteration> users = new ArrayList<>();
    List<AclBinding> rights = new ArrayList<>();
    for (ServiceName service : ServiceName.values()) {
      String user = service.label();
      users.add(credential(user));
      rights.add(may(user, ResourceType.GROUP, PatternType.LITERAL, user, AclOperation.READ));
      rights.addAll(
          mayWith(user, TopicRights.readBy(service), AclOperation.READ, AclOperation.DESCRIBE));
      rights.addAll(
          mayWith(user, TopicRights.writtenBy(service), AclOperation.WRITE, AclOperation.DESCRIBE));
    }
    users.add(credential(CLIENT));
    rights.add(may(CLIENT, ResourceType.GROUP, PatternType.PREFIXED, CLIENT, AclOperation.READ));
    rights.addAll(
        mayWith(
            CLIENT, Set.of(Topics.EXPERIMENT_REQUESTS), AclOperation.WRITE, AclOperation.DESCRIBE));
    rights.addAll(
        mayWith(
            CLIENT, Set.of(Topics.EXPERIMENT_EVENTS), AclOperation.READ, AclOperation.DESCRIBE));
    admin.alterUserScramCredentials(users).all().get();
    admin.createAcls(rights).all().get();
  }

  private UserScramCredentialAlteration credential(String user) {
    ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    return new UserScramCredentialUpsertion(user, how, password(user));
  }

  private static List<AclBinding> mayWith(
      String user, Collection<String> topics, AclOperation... operations) {
    return topics.stream()
        .flatMap(
            topic ->
                Arrays.stream(operations)
                    .map(o -> may(user, ResourceType.TOPIC, PatternType.LITERAL, topic, o)))
        .toList();
  }

  private static AclBinding may(
      String user, ResourceType type, PatternType pattern, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:" + user, ANYWHERE, operation, AclPermissionType.ALLOW));
  }
}
