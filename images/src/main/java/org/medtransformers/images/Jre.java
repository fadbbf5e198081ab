package org.medtransformers.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;

/** A JRE of the JDK that builds, with the modules that the suite uses. */
final class Jre {
  static final String HOME = "/opt/java";

  private static final String MODULES =
      String.join(
          ",",
          "java.base",
          "java.desktop",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.rmi",
          "java.scripting",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.transaction.xa",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.jfr",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  private static final List<String> OPTIONS =
      List.of(
          "--add-modules",
          MODULES,
          "--strip-debug",
          "--no-man-pages",
          "--no-header-files",
          "--compress=2");

  private Jre() {}

  /**
   * @param work where it is made, once for each version of the JDK and each choice of its parts
   */
  static FileEntriesLayer layer(Path work) throws IOException {
    return layer(work, Jre::link);
  }

  /**
   * @param linker makes a JRE in a folder that is not there yet
   */
  static FileEntriesLayer layer(Path work, Consumer<Path> linker) throws IOException {
    Path jre = work.resolve("jre-%s-%08x".formatted(Runtime.version(), OPTIONS.hashCode()));
    if (!Files.exists(jre)) {
      // One of its own: what a build that was broken off leaves is in nobody's way.
      Path aside = Files.createTempDirectory(Files.createDirectories(work), "jre-aside");
      Path made = aside.resolve("jre");
      linker.accept(made);
      Files.move(made, jre, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(aside);
    }
    return Layers.tree("jre", jre, HOME);
  }

  private static void link(Path folder) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("images.jre=jlink needs a whole JDK"));
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.addAll(List.of("--output", folder.toString()));
    int status = jlink.run(System.out, System.err, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("jlink ended with " + status);
    }
  }
}
