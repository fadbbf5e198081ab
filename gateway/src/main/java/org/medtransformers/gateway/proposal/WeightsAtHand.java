package org.medtransformers.gateway.proposal;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.PretrainedType;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.path.Artifacts;

/** Published weights that need not be downloaded. */
@Singleton
final class WeightsAtHand {
  private final Artifacts artifacts;
  private final GatewayConfig.Planning config;

  WeightsAtHand(Artifacts artifacts, GatewayConfig config) {
    this.artifacts = artifacts;
    this.config = config.planning();
  }

  /** The networks whose supervised weights lie where trainers look. */
  Set<Backbone> supervised() {
    return PublishedWeights.all().stream()
        .filter(weights -> weights.type() == PretrainedType.SUPERVISED)
        .filter(weights -> isThere(weights.fileName()))
        .map(PublishedWeights::backbone)
        .collect(Collectors.toSet());
  }

  private boolean isThere(String file) {
    return Stream.concat(Stream.of(artifacts.weights()), config.weightsDir().stream())
        .anyMatch(folder -> Files.isRegularFile(folder.resolve(file)));
  }
}
