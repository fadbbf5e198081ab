package org.medtransformers.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The files of a service or of the command, as Maven has packaged them. */
final class Content {
  static final String FOLDER = "/app";

  private static final String OURS = "META-INF/maven/org.medtransformers/";

  /**
   * Names, numbers and native libraries as where the local stack runs, whatever a cluster sets; not
   * in a variable, which an installation may replace.
   */
  private static final List<String> UNIFORM =
      List.of(
          "-Dfile.encoding=UTF-8",
          "-Dsun.jnu.encoding=UTF-8",
          "-Duser.language=en",
          "-Duser.country=US",
          "-Djna.tmpdir=" + BuildImages.HOME + "/jna");

  private final SuiteImage image;
  private final Path root;
  private final Path packaged;
  private final List<Path> files;

  Content(SuiteImage image, Path root) throws IOException {
    this.image = image;
    this.root = root;
    this.packaged =
        image == SuiteImage.CLI ? image.target(root) : image.target(root).resolve("quarkus-app");
    this.files = image == SuiteImage.CLI ? commandFiles() : tree(packaged);
  }

  private List<Path> commandFiles() throws IOException {
    List<Path> command = new ArrayList<>(tree(packaged.resolve("lib")));
    command.add(packaged.resolve("medtrans.jar"));
    return command;
  }

  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  List<Path> jars() {
    return files.stream().filter(f -> f.toString().endsWith(".jar")).toList();
  }

  /** What others made and what seldom changes. */
  FileEntriesLayer dependencies(Path work) throws IOException {
    Map<Boolean, List<Path>> byLibraries =
        files.stream()
            .filter(this::others)
            .collect(Collectors.partitioningBy(Torch::holdsLibraries));
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("dependencies");
    byLibraries.get(false).forEach(file -> Layers.add(layer, file, target(file)));
    for (Path jar : byLibraries.get(true)) {
      Layers.add(layer, Torch.thin(jar, work.resolve("thin")), target(jar));
    }
    return layer.build();
  }

  /** What we made, its bill of materials, and the folder that the container may write to. */
  FileEntriesLayer application(String home, String user) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("application");
    files.stream().filter(f -> !others(f)).forEach(f -> Layers.add(layer, f, target(f)));
    Layers.add(layer, billOfMaterials(), FOLDER + "/sbom.cdx.json");
    if (image == SuiteImage.CLI) {
      Path configs = root.resolve("configs");
      tree(configs)
          .forEach(f -> Layers.add(layer, f, FOLDER + "/configs/" + configs.relativize(f)));
    }
    Layers.addOwned(layer, packaged, home, user);
    return layer.build();
  }

  /** Written by the CycloneDX plugin. */
  Path billOfMaterials() {
    return image.target(root).resolve("bom.json");
  }

  List<String> entrypoint() {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(UNIFORM);
    if (image != SuiteImage.CLI) {
      command.addAll(List.of("-jar", FOLDER + "/quarkus-run.jar"));
      return command;
    }
    command.addAll(image.javaOptions());
    command.addAll(List.of("-Dmedtrans.root=" + FOLDER, "-jar", FOLDER + "/medtrans.jar"));
    return command;
  }

  /** Third-party jars; Quarkus' own index of them changes with our code. */
  private boolean others(Path file) {
    return packaged.relativize(file).startsWith("lib") && !isOurs(file);
  }

  /** Maven writes the coordinates of what it packages. */
  private static boolean isOurs(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry(OURS) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String target(Path file) {
    return FOLDER + "/" + packaged.relativize(file);
  }
}
