package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A folder of reference numbers. Its {@code manifest.json} lists the cases, and size and CRC-32 of
 * every file. Nothing outside the folder is read, nothing that differs from the manifest is handed
 * out. Remembers which files were asked for.
 */
public final class GoldenFolder {
  static final String MANIFEST = "manifest.json";
  private static final long MAX_JSON_BYTES = 64L << 20;

  private final Path root;
  private final Map<String, JsonNode> files = new LinkedHashMap<>();
  private final List<GoldenCase> cases = new ArrayList<>();
  private final Set<String> used = new TreeSet<>();

  private GoldenFolder(Path root) {
    this.root = root;
  }

  /** Opens a folder; throws {@link MedtransException} if its manifest can not be read. */
  public static GoldenFolder open(Path folder) {
    try {
      GoldenFolder golden = new GoldenFolder(folder.toRealPath());
      Path manifest = golden.root.resolve(MANIFEST);
      if (!Files.isRegularFile(manifest)) {
        throw Mistakes.invalid(MANIFEST + " is missing");
      }
      golden.read(parse(manifest, MANIFEST));
      return golden;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  /** In the order of the manifest. */
  public List<GoldenCase> cases() {
    return List.copyOf(cases);
  }

  /** Names of all files of the manifest. */
  public Set<String> files() {
    return Set.copyOf(files.keySet());
  }

  /** Names of the files that nobody has asked for. */
  Set<String> unused() {
    Set<String> unused = new TreeSet<>(files.keySet());
    unused.removeAll(used);
    return unused;
  }

  /**
   * The file called {@code name}, a path relative to the folder.
   *
   * @throws MedtransException if it lies outside the folder, is not in the manifest, is missing or
   *     differs from the manifest in size or CRC-32
   */
  public Path file(String name) {
    used.add(name);
    JsonNode entry = files.get(name);
    if (entry == null) {
      throw Mistakes.invalid(name + " is not among the files of " + MANIFEST);
    }
    try {
      Path file = inside(name);
      check(name, "bytes", entry, Files.size(file));
      check(name, "crc32", entry, crc32(file));
      return file;
    } catch (IOException e) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, name + " can not be read: " + e, e);
    }
  }

  /** The JSON file called {@code name}; see {@link #file}. */
  public JsonNode json(String name) {
    return parse(file(name), name);
  }

  private void read(JsonNode manifest) {
    manifest.path("files").properties().forEach(f -> files.put(f.getKey(), f.getValue()));
    for (JsonNode row : manifest.path("cases")) {
      cases.add(
          new GoldenCase(
              this,
              row.path("group").asText("?"),
              row.path("case").asText("?"),
              row.path("file").asText("?")));
    }
  }

  private Path inside(String name) throws IOException {
    Path relative;
    try {
      relative = Path.of(name);
    } catch (InvalidPathException e) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, name + " is no path", e);
    }
    Path file = root.resolve(relative).toRealPath();
    if (relative.isAbsolute() || !file.startsWith(root) || !Files.isRegularFile(file)) {
      throw Mistakes.invalid(name + " is no file inside the folder");
    }
    return file;
  }

  private static void check(String name, String key, JsonNode entry, long found) {
    JsonNode wanted = entry.path(key);
    if (!wanted.isIntegralNumber() || wanted.longValue() != found) {
      throw Mistakes.invalid(
          "%s has %s %d, the manifest says %s".formatted(name, key, found, wanted));
    }
  }

  private static JsonNode parse(Path file, String name) {
    try {
      if (Files.size(file) > MAX_JSON_BYTES) {
        throw Mistakes.invalid(name + " is larger than " + MAX_JSON_BYTES + " bytes");
      }
      JsonNode tree = Json.mapper().readTree(file.toFile());
      if (!tree.isObject()) {
        throw Mistakes.wrong(name, tree, "an object");
      }
      return tree;
    } catch (IOException e) {
      String message = e.getMessage().lines().findFirst().orElse("");
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, name + " can not be read: " + message, e);
    }
  }

  private static long crc32(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return crc.getValue();
  }
}
