package org.medtransformers.cli.bench;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.Environment;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine.Option;

/** A measurement of what libtorch computes. */
abstract class LibtorchCommand extends MeasuringCommand {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Environment environment;

  @Option(names = "--threads", description = "Threads per operation (all cores)")
  private int threads = Runtime.getRuntime().availableProcessors();

  LibtorchCommand(Environment environment) {
    this.environment = environment;
  }

  /** What to measure, with libtorch running; throws where an argument is wrong. */
  abstract Measurement computation();

  @Override
  final Measurement measurement() {
    requirePositive("--threads", threads);
    Measurement computation = computation();
    return () -> {
      TorchEngine.unpackInto(environment.home().resolve("djl"));
      // It warns of a missing GPU, whatever is asked of it.
      DJL.setLevel(Level.SEVERE);
      TorchEngine.start(threads);
      return computation.measure();
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
