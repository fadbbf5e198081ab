package org.medtransformers.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private Jre() {}

  /**
   * @param work where it is made, once
   */
  static FileEntriesLayer layer(Path work) throws IOException {
    Path jre = work.resolve("jre-" + Runtime.version().feature());
    if (!Files.exists(jre)) {
      Path aside = Files.createDirectories(work).resolve("jre-aside");
      link(aside);
      Files.move(aside, jre, StandardCopyOption.ATOMIC_MOVE);
    }
    return Layers.tree("jre", jre, HOME);
  }

  private static void link(Path folder) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("images.jre=jlink needs a whole JDK"));
    int status =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--no-man-pages",
            "--no-header-files",
            "--compress=2",
            "--output",
            folder.toString());
    if (status != 0) {
      throw new IllegalStateException("jlink ended with " + status);
    }
  }
}
