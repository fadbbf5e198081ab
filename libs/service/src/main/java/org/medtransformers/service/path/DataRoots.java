package org.medtransformers.service.path;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RealPaths;
import org.medtransformers.service.config.MedtransConfig;

/**
 * The folders that data may be read from: {@code medtrans.data-roots}, the lines of the file {@code
 * data-roots} in the artifact root (read anew for each check, so that a folder can be allowed
 * without a restart), and the artifact root itself, save for the local stack's own files in it.
 */
@Singleton
public final class DataRoots {
  /** Which folders those are is their operator's to tell. */
  private static final String OUTSIDE = "it lies outside the folders that may be used";

  /** What services made for somebody, who need not be the one who asks. */
  private static final List<String> MADE = List.of("runs", "datasets");

  private final Path home;
  private final List<Path> configured;

  DataRoots(MedtransConfig config) {
    this.home = config.home();
    this.configured = config.dataRoots().orElse(List.of());
  }

  /**
   * The real path of {@code path}, links resolved, if it exists and lies under a root.
   *
   * @throws MedtransException {@code PATH_NOT_ALLOWED} if not; what lies outside is not told to
   *     exist or not
   */
  public Path requireAllowed(String path) {
    Path asked = parse(path);
    if (!asked.isAbsolute()) {
      throw refused(path, "it is relative");
    }
    Set<Path> roots = roots();
    try {
      Path real = asked.toRealPath();
      if (allowed(real, roots)) {
        return real;
      }
    } catch (IOException e) {
      if (below(asked, roots).isPresent()) {
        throw MedtransException.of(ErrorCode.NOT_FOUND, "there is no readable " + path, e);
      }
    }
    throw refused(path, OUTSIDE);
  }

  /**
   * Where {@code path}, which need not exist, leads, if it lies under a root.
   *
   * @throws MedtransException {@code PATH_NOT_ALLOWED} if not
   */
  public Path requireWritable(String path) {
    Path asked = parse(path);
    Set<Path> roots = roots();
    return Optional.of(asked)
        .filter(Path::isAbsolute)
        .flatMap(absolute -> below(absolute, roots))
        .orElseThrow(() -> refused(path, OUTSIDE));
  }

  /**
   * Where {@code path} leads, if that is under a root; whose a link to nowhere is, nobody knows.
   */
  private Optional<Path> below(Path path, Set<Path> roots) {
    try {
      return Optional.of(RealPaths.of(path)).filter(real -> allowed(real, roots));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether images and their labels may be read from {@code real}, a path without links: it lies
   * under a root, and not among what runs have left. Errors quote label files, and others' results
   * are no label files.
   */
  public boolean allowsData(Path real) {
    return allowed(real, roots()) && !isMade(real);
  }

  /**
   * The same for a path that came from outside, as {@link #requireAllowed} has it.
   *
   * @throws MedtransException as there
   */
  public Path requireData(String path) {
    Path real = requireAllowed(path);
    if (isMade(real)) {
      throw refused(path, "what runs have left is no data");
    }
    return real;
  }

  private boolean isMade(Path real) {
    return real(home).flatMap(h -> MADE.stream().map(h::resolve)).anyMatch(real::startsWith);
  }

  /** The local stack's folder holds the database and its password; nobody has business there. */
  private boolean allowed(Path real, Set<Path> roots) {
    return roots.stream().anyMatch(real::startsWith)
        && real(home).map(h -> h.resolve("stack")).noneMatch(real::startsWith);
  }

  /** The allowed folders that exist, links resolved. */
  public Set<Path> roots() {
    return Stream.concat(Stream.concat(configured.stream(), listed().stream()), Stream.of(home))
        .flatMap(DataRoots::real)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Path> listed() {
    Path file = home.resolve("data-roots");
    try {
      return Files.notExists(file)
          ? List.of()
          : Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(Path::of)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Stream<Path> real(Path root) {
    try {
      return Stream.of(root.toRealPath());
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Path parse(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw refused(path, "it is not a path");
    }
  }

  private static MedtransException refused(String path, String reason) {
    return MedtransException.of(
        ErrorCode.PATH_NOT_ALLOWED,
        "%s may not be used: %s. Give an absolute path under one of those, or have its folder allowed in medtrans.data-roots"
            .formatted(path, reason));
  }
}
