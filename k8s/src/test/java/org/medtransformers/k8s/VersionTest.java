package org.medtransformers.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Manifests name images of the version that the build makes. */
class VersionTest {
  private static final String VERSION =
      System.getProperty("medtrans.version").replace("-SNAPSHOT", "");

  /** A tag of Kustomize, or of one of our images; that of a GPU's ends with its flavour. */
  private static final Pattern TAG =
      Pattern.compile(
          "(?:newTag: |medtransformers/[a-z-]+:(?:\\$\\{MEDTRANS_VERSION:-)?)([0-9][^\\s}]*)");

  @Test
  void everyImageOfOursIsOfThisVersion() throws IOException {
    TreeMap<String, Set<String>> found = new TreeMap<>();
    for (Path file : manifests()) {
      Matcher tag = TAG.matcher(Files.readString(file));
      while (tag.find()) {
        found
            .computeIfAbsent(tag.group(1).replace("-cu128", ""), version -> new TreeSet<>())
            .add(file.toString());
      }
    }
    assertEquals(Set.of(VERSION), found.keySet(), found::toString);
    Set<String> places = found.get(VERSION);
    assertTrue(places.contains("../compose.gpu.yaml") && places.size() > 5, places::toString);
  }

  private static Iterable<Path> manifests() throws IOException {
    try (Stream<Path> folders =
            Stream.of("base", "components", "overlays").map(Path::of).flatMap(VersionTest::files);
        Stream<Path> compose = Files.list(Path.of(".."))) {
      return Stream.concat(
              folders, compose.filter(f -> f.getFileName().toString().startsWith("compose")))
          .filter(f -> f.toString().endsWith(".yaml"))
          .toList();
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
