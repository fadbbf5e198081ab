package org.medtransformers.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.medtransformers.images.Settings.Flavour;

/**
 * Makes the images: an archive each, which {@code docker load} and {@code podman load} take, and a
 * push to a registry where one is named.
 */
public final class BuildImages {
  /** A user that no base image knows; nothing in the images is theirs but the home. */
  static final String USER = "10001:10001";

  static final String HOME = "/var/lib/medtrans";

  private static final Consumer<LogEvent> LOG = BuildImages::log;

  private final Settings settings;
  private final Path work;
  private final List<String> pushedReferences = new ArrayList<>();

  BuildImages(Settings settings) {
    this.settings = settings;
    this.work = settings.output().resolve("work");
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(System.getProperties());
    BuildImages images = new BuildImages(settings);
    for (SuiteImage image : wanted(settings.flavour())) {
      images.build(image);
    }
    images.listPushed();
  }

  private static List<SuiteImage> wanted(Flavour flavour) {
    return Arrays.stream(SuiteImage.values())
        .filter(image -> flavour == Flavour.CPU || image.onGpu())
        .toList();
  }

  private void build(SuiteImage image) throws Exception {
    Content content = new Content(image, settings.root());
    Path archive = settings.output().resolve(image.imageName() + suffix() + ".tar");
    ImageReference name =
        ImageReference.parse("medtransformers/" + image.imageName() + ":" + settings.tag());
    JibContainer made =
        put(plan(image, content), Containerizer.to(TarImage.at(archive).named(name)));
    System.out.printf("%s %s (%d MiB packed)%n", name, archive, Files.size(archive) >> 20);
    Files.copy(
        content.billOfMaterials(),
        settings.output().resolve(image.imageName() + suffix() + ".cdx.json"),
        StandardCopyOption.REPLACE_EXISTING);
    if (settings.push().isPresent()) {
      push(image, content, made);
    }
  }

  private void push(SuiteImage image, Content content, JibContainer made) throws Exception {
    ImageReference reference =
        ImageReference.parse(
            settings.push().orElseThrow() + "/" + image.imageName() + ":" + settings.tag());
    RegistryImage target =
        RegistryImage.named(reference)
            .addCredentialRetriever(
                CredentialRetrieverFactory.forImage(reference, LOG).dockerConfig());
    JibContainer pushed = put(plan(image, content), Containerizer.to(target));
    String pinned =
        settings.push().orElseThrow() + "/" + image.imageName() + "@" + pushed.getDigest();
    System.out.println(pinned);
    pushedReferences.add(pinned);
    if (!pushed.getImageId().equals(made.getImageId())) {
      throw new IllegalStateException(reference + " is not the image in the archive");
    }
  }

  /** Writes {@code pushed.txt}, a reference with its digest per line. */
  private void listPushed() throws IOException {
    if (settings.push().isPresent()) {
      Files.write(settings.output().resolve("pushed.txt"), pushedReferences);
    }
  }

  private JibContainerBuilder plan(SuiteImage image, Content content) throws Exception {
    JibContainerBuilder builder = base();
    if (settings.jre()) {
      builder.addFileEntriesLayer(Jre.layer(work));
    }
    if (image.torch()) {
      builder.addFileEntriesLayer(new Torch(settings).layer(content.jars(), work));
    }
    builder
        .addFileEntriesLayer(content.dependencies(work))
        .addFileEntriesLayer(content.application(HOME, USER))
        .setFormat(ImageFormat.OCI)
        .setUser(USER)
        .setWorkingDirectory(AbsoluteUnixPath.get(HOME))
        .setEntrypoint(content.entrypoint())
        .setLabels(labels(image));
    environment(image).forEach(builder::addEnvironmentVariable);
    image.port().ifPresent(port -> builder.addExposedPort(Port.tcp(port)));
    return builder;
  }

  private JibContainerBuilder base() throws Exception {
    String base = settings.base();
    if (base.startsWith(Jib.TAR_IMAGE_PREFIX)) {
      return Jib.from(base);
    }
    ImageReference reference = ImageReference.parse(base);
    return Jib.from(
            RegistryImage.named(reference)
                .addCredentialRetriever(
                    CredentialRetrieverFactory.forImage(reference, LOG).dockerConfig()))
        .addPlatform(settings.architecture(), settings.os());
  }

  Map<String, String> environment(SuiteImage image) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MEDTRANS_HOME", HOME);
    // Before LANG and all other LC_, which a cluster may set.
    environment.put("LC_ALL", "C.UTF-8");
    if (settings.jre()) {
      environment.put("JAVA_HOME", Jre.HOME);
      environment.put(
          "PATH", Jre.HOME + "/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }
    if (image.port().isPresent()) {
      environment.put("QUARKUS_HTTP_HOST", "0.0.0.0");
      // A variable, so that an installation can add to it. Java tells of it in a line, which is in
      // nobody's way in a log; the command has its options in its entrypoint.
      environment.put("JAVA_TOOL_OPTIONS", String.join(" ", image.javaOptions()));
    }
    if (image.torch()) {
      environment.putAll(new Torch(settings).environment());
    }
    return environment;
  }

  private Map<String, String> labels(SuiteImage image) {
    String oci = "org.opencontainers.image.";
    return Map.of(
        oci + "title", "medtransformers " + image.imageName(),
        oci + "version", settings.version(),
        oci + "revision", settings.revision(),
        oci + "source", settings.source(),
        oci + "licenses", "Apache-2.0");
  }

  private JibContainer put(JibContainerBuilder builder, Containerizer target) throws Exception {
    return builder.containerize(
        target
            .setToolName("medtransformers")
            .setBaseImageLayersCache(work.resolve("base-layers"))
            .setApplicationLayersCache(work.resolve("layers"))
            .setAllowInsecureRegistries(settings.insecure())
            .addEventHandler(LogEvent.class, LOG));
  }

  private String suffix() {
    return settings.flavour() == Flavour.CPU ? "" : "-" + settings.flavour().id();
  }

  private static void log(LogEvent event) {
    if (event.getLevel() == LogEvent.Level.ERROR || event.getLevel() == LogEvent.Level.WARN) {
      System.err.println(event.getMessage());
    }
  }
}
