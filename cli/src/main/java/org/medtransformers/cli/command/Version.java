package org.medtransformers.cli.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** From the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "medtrans " + version, "Java " + Runtime.version() + ", " + System.getProperty("java.home")
    };
  }
}
