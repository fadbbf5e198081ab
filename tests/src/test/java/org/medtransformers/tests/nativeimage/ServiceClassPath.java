package org.medtransformers.tests.nativeimage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a packaged service has on its class path, which is what its native image is made of.
 *
 * @param jars of the service itself and of all it depends on at run time
 */
record ServiceClassPath(List<Path> jars) {
  static final List<String> SERVICES =
      List.of("gateway", "data-service", "trainer-service", "eval-service");

  static ServiceClassPath of(String service) {
    Path packaged = Path.of("..", service, "target", "quarkus-app");
    List<Path> jars = new ArrayList<>();
    for (String folder : List.of("app", "lib/main")) {
      assertTrue(
          Files.isDirectory(packaged.resolve(folder)),
          service + " is not packaged: ./mvnw package");
      try (Stream<Path> files = Files.list(packaged.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ServiceClassPath(jars);
  }

  /** Those whose file names begin so, as in {@code group.artifact-version.jar}. */
  List<Path> jars(String... prefixes) {
    return jars.stream()
        .filter(jar -> Stream.of(prefixes).anyMatch(jar.getFileName().toString()::startsWith))
        .toList();
  }

  /** Sees these classes and the JDK's, and initialises none by itself. */
  ClassLoader loader() {
    URL[] urls = jars.stream().map(ServiceClassPath::url).toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  /** The names of all entries that {@code name} matches as a whole. */
  TreeSet<String> names(Pattern name) {
    TreeSet<String> names = new TreeSet<>();
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        zip.stream().map(ZipEntry::getName).filter(name.asMatchPredicate()).forEach(names::add);
      } catch (IOException e) {
        throw new UncheckedIOException(jar.toString(), e);
      }
    }
    return names;
  }

  /** The bytes of the entries of that very name, jar by jar. */
  List<byte[]> read(String name) {
    List<byte[]> found = new ArrayList<>();
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry entry = zip.getEntry(name);
        if (entry != null) {
          try (InputStream in = zip.getInputStream(entry)) {
            found.add(in.readAllBytes());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(jar.toString(), e);
      }
    }
    return found;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
