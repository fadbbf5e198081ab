package org.medtransformers.data.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Keys below {@code medtrans.data}. */
@ConfigMapping(prefix = "medtrans.data")
public interface DataConfig {
  /** Threads that decode images for one job; all processors by default. */
  OptionalInt decodeThreads();

  /** A larger image file is refused. */
  @WithDefault("268435456")
  long maxImageBytes();

  /** An image of more pixels is refused before it is decoded. */
  @WithDefault("100000000")
  long maxImagePixels();

  /** How often a job reports how far it is. */
  @WithDefault("0.5S")
  Duration progressEvery();

  /** Batches made at a time; as many as there are processors by default. */
  OptionalInt batchThreads();

  /** Requests for batches that may wait for their turn; more are refused with 503. */
  @WithDefault("64")
  int waitingBatches();

  /**
   * Bytes per second that a reader of a batch takes at least: one that is slower loses its place
   * when others need it.
   */
  @WithDefault("65536")
  long leastRate();

  /** Loaders kept open; others are opened again when they are asked for. */
  @WithDefault("32")
  int openLoaders();

  /** How long loaders are remembered that nobody asks for; more than a day. */
  @WithDefault("30D")
  Duration loaderMemory();
}
