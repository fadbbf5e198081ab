package org.medtransformers.localstack;

import java.nio.file.Path;

/** The Java that runs this JVM, for other JVMs. */
final class JavaCommand {
  private JavaCommand() {}

  static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
