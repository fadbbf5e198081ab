package org.medtransformers.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * How images are to be made; the POM of the module names the defaults.
 *
 * @param root the checkout, with everything packaged
 * @param output where archives go
 * @param base a reference, with a digest, or {@code tar:} and the path of an archive
 * @param jre whether a JRE is made for the image, because the base has none
 * @param flavour of libtorch
 * @param cudaTorch the folder of libtorch in the base image for GPUs
 * @param push registry and prefix, such as {@code registry.example/lab}
 * @param insecure whether the registry may speak plain HTTP
 */
record Settings(
    Path root,
    Path output,
    String base,
    boolean jre,
    Flavour flavour,
    String cudaTorch,
    String os,
    String architecture,
    String version,
    String tag,
    String revision,
    String source,
    Optional<String> push,
    boolean insecure,
    TorchVersion torch) {

  /** Which devices the trainer's and the eval-service's libtorch can use. */
  enum Flavour {
    CPU,
    CU128;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As DJL names its folders. */
  record TorchVersion(String libtorch, String djl) {}

  private static final String PREFIX = "images.";
  private static final String UNKNOWN = "unknown";

  static Settings of(Properties properties) {
    Path root = Path.of(required(properties, "root")).toAbsolutePath().normalize();
    Flavour flavour =
        choice(properties, "flavour", "cpu", "cu128").equals("cpu") ? Flavour.CPU : Flavour.CU128;
    String[] platform = required(properties, "platform").split("/", -1);
    if (platform.length != 2) {
      throw new IllegalArgumentException("images.platform: give OS/ARCHITECTURE, as linux/amd64");
    }
    return new Settings(
        root,
        Path.of(required(properties, "output")),
        required(properties, flavour == Flavour.CPU ? "base" : "cuda.base"),
        flavour == Flavour.CU128 || choice(properties, "jre", "base", "jlink").equals("jlink"),
        flavour,
        required(properties, "cuda.torch"),
        platform[0],
        platform[1],
        required(properties, "version"),
        optional(properties, "tag")
                .orElseGet(() -> required(properties, "version").replace("-SNAPSHOT", ""))
            + (flavour == Flavour.CPU ? "" : "-" + flavour.id()),
        optional(properties, "revision").orElseGet(() -> git(root, "rev-parse", "HEAD")),
        optional(properties, "source").orElseGet(() -> source(root)),
        optional(properties, "push"),
        Boolean.parseBoolean(required(properties, "insecure")),
        new TorchVersion(
            required(properties, "torch.version"), required(properties, "djl.version")));
  }

  private static Optional<String> optional(Properties properties, String key) {
    return Optional.ofNullable(properties.getProperty(PREFIX + key)).filter(v -> !v.isBlank());
  }

  private static String required(Properties properties, String key) {
    return optional(properties, key)
        .orElseThrow(() -> new IllegalArgumentException(PREFIX + key + " is missing"));
  }

  private static String choice(Properties properties, String key, String one, String other) {
    String value = required(properties, key);
    if (!value.equals(one) && !value.equals(other)) {
      throw new IllegalArgumentException(
          "%s%s: %s is neither %s nor %s".formatted(PREFIX, key, value, one, other));
    }
    return value;
  }

  /** Where the checkout came from, if that is a place that others can reach. */
  private static String source(Path root) {
    String origin = git(root, "config", "--get", "remote.origin.url");
    return origin.startsWith("https://") && !origin.contains("@") ? origin : UNKNOWN;
  }

  /** What git says; "unknown" outside a checkout, or where there is no git. */
  private static String git(Path root, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(arguments));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? output : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }
}
