package org.medtransformers.gateway.access;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.gateway.rest.SignInResource;

/** The endpoints that there are, and those that docs/access.md has. */
public final class Endpoints {
  private static final List<Class<? extends Annotation>> METHODS =
      List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]+) \\| `([^`]+)` \\| ([a-z, ]+) \\| ?([a-z ]*?) ?\\|");

  /**
   * A row of the table.
   *
   * @param roles who may call it besides those that may do more
   * @param of what its id is of; empty: of nothing that belongs to somebody
   */
  public record Row(String method, String path, Set<String> roles, String of) {
    public String name() {
      return method + " " + path;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private Endpoints() {}

  /** Of the table, in its order. */
  public static List<Row> documented() {
    try (Stream<String> lines = Files.lines(java.nio.file.Path.of("..", "docs", "access.md"))) {
      return lines
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(
              row ->
                  new Row(
                      row.group(1), row.group(2), Set.of(row.group(3).split(", ")), row.group(4)))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Methods and paths of all resources, without what a part of a path has to match. */
  static Set<String> existing() throws IOException {
    String name = SignInResource.class.getPackageName();
    java.nio.file.Path folder =
        java.nio.file.Path.of("target", "classes").resolve(name.replace('.', '/'));
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> load(name + "." + file.replace(".class", "")))
          .filter(type -> type.isAnnotationPresent(Path.class))
          .flatMap(Endpoints::of)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> of(Class<?> resource) {
    String base = resource.getAnnotation(Path.class).value();
    return Stream.of(resource.getDeclaredMethods())
        .flatMap(
            method ->
                METHODS.stream()
                    .filter(method::isAnnotationPresent)
                    .map(http -> http.getSimpleName() + " " + path(base, method)));
  }

  private static String path(String base, Method method) {
    Path own = method.getAnnotation(Path.class);
    String path = own == null ? base : base + "/" + own.value();
    return path.replaceAll("/+", "/").replaceAll("(\\{\\w+): *([^{}]|\\{[^}]*})*}", "$1}");
  }
}
