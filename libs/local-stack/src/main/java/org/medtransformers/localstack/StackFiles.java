package org.medtransformers.localstack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The stack's own files, all in a folder that only its owner may open. */
record StackFiles(Path directory) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static StackFiles of(Path home) {
    return new StackFiles(home.toAbsolutePath().resolve("stack"));
  }

  /** Makes the folders. */
  StackFiles create() {
    try {
      PrivateFiles.createDirectory(directory);
      PrivateFiles.createDirectory(logs());
      PrivateFiles.createDirectory(brokerUsers().directory());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Locked for as long as a supervisor lives, by the system, so that a killed one frees it. */
  Path lock() {
    return directory.resolve("lock");
  }

  Path logs() {
    return directory.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  Path broker() {
    return directory.resolve("kafka");
  }

  /** With their passwords in a folder of its own. */
  BrokerUsers brokerUsers() {
    return new BrokerUsers(directory.resolve("kafka-users"));
  }

  Path database() {
    return directory.resolve("postgres");
  }

  /** Written by the broker when clients may come. */
  Path brokerReady() {
    return directory.resolve("kafka-ready");
  }

  /** By which the services know each other. */
  Path serviceKey() {
    return directory.resolve("service-key");
  }

  /** Whoever has it may do everything with the gateway. */
  Path token() {
    return directory.resolve("token");
  }

  /** Opens the metrics and nothing else. */
  Path metricsToken() {
    return directory.resolve("metrics-token");
  }

  private Path state() {
    return directory.resolve("stack.json");
  }

  Optional<StackState> readState() {
    try {
      return Optional.of(JSON.readValue(Files.readString(state()), StackState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + state(), e);
    }
  }

  void writeState(StackState state) {
    try {
      PrivateFiles.write(state(), JSON.writeValueAsString(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void deleteState() {
    try {
      Files.deleteIfExists(state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A layout as it is handed to the supervisor. */
  static byte[] encode(StackLayout layout) {
    try {
      return JSON.writeValueAsBytes(layout);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #encode} wrote. */
  static StackLayout decode(byte[] layout) {
    try {
      return JSON.readValue(layout, StackLayout.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
