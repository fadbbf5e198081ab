package org.medtransformers.bench;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine.Option;

/** A measurement of what libtorch computes. */
abstract class LibtorchCommand extends MeasuringCommand {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Path home;

  @Option(names = "--threads", description = "Threads per operation (all cores)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu (default), or cuda:0 for the first GPU")
  private String device;

  LibtorchCommand(Path home) {
    this.home = home;
  }

  /** What to measure, with libtorch running; throws where an argument is wrong. */
  abstract Computation computation();

  /** Takes the time on a device. */
  interface Computation {
    Object measure(TorchDevice device);
  }

  @Override
  final Measurement measurement() {
    requirePositive("--threads", threads);
    Computation computation = computation();
    return () -> {
      TorchEngine.unpackInto(home.resolve("djl"));
      // It warns of a missing GPU, whatever is asked of it.
      DJL.setLevel(Level.SEVERE);
      TorchEngine.start(threads);
      return computation.measure(TorchDevice.named(device));
    };
  }

  /** The backbone called {@code label}; throws where there is none. */
  final Backbone backbone(String label) {
    try {
      return Backbone.of(label);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }
}
