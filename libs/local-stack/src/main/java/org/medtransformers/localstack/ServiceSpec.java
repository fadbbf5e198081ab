package org.medtransformers.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service of the stack.
 *
 * @param name also of its log
 * @param user by which the broker knows it and its replicas
 * @param port of its HTTP server on 127.0.0.1
 * @param database created for it, in which it has its tables
 * @param program a jar, started with {@code java -jar}, or else a native image
 * @param jvmArguments e.g. heap and garbage collector; a native image gets heap and properties only
 * @param environment besides what every service gets
 */
public record ServiceSpec(
    String name,
    String user,
    int port,
    String database,
    Path program,
    List<String> jvmArguments,
    Map<String, String> environment) {
  public ServiceSpec {
    jvmArguments = List.copyOf(jvmArguments);
    environment = Map.copyOf(environment);
  }

  /** The same service with more in its environment. */
  ServiceSpec with(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(settings);
    return new ServiceSpec(name, user, port, database, program, jvmArguments, all);
  }

  boolean isJar() {
    return program.toString().endsWith(".jar");
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
