package org.medtransformers.images;

import java.util.Map;
import java.util.Properties;

/** Settings for tests. */
final class Examples {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("root", ".."),
          Map.entry("output", "target"),
          Map.entry("base", "registry.example/jre@sha256:1"),
          Map.entry("jre", "base"),
          Map.entry("flavour", "cpu"),
          Map.entry("cuda.base", "registry.example/torch@sha256:2"),
          Map.entry("cuda.torch", "/opt/torch/lib"),
          Map.entry("platform", "linux/amd64"),
          Map.entry("version", "1.0-SNAPSHOT"),
          Map.entry("revision", "abc"),
          Map.entry("source", "https://example.org/source"),
          Map.entry("push", ""),
          Map.entry("insecure", "false"),
          Map.entry("torch.version", "2.7.1"),
          Map.entry("djl.version", "0.36.0"));

  private Examples() {}

  static Properties properties() {
    Properties properties = new Properties();
    SETTINGS.forEach((key, value) -> properties.setProperty("images." + key, value));
    return properties;
  }

  static Settings settings() {
    return Settings.of(properties());
  }
}
