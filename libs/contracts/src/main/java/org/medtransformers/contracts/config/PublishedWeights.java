package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;

/**
 * One line of {@code published-weights.json}: what {@code model_params.pretrained} stands for.
 *
 * @param patchSize in pixels; null for residual networks
 * @param sha256 the first hexadecimal digits of the file's SHA-256, as many as are published; empty
 *     where none are
 * @param licence of the weights, and whose
 */
public record PublishedWeights(
    Backbone backbone,
    @JsonProperty("pretrained_type") PretrainedType type,
    @JsonProperty("patch_size") Integer patchSize,
    URI url,
    String sha256,
    String licence) {
  private static final List<PublishedWeights> ALL = load();

  /** Every file, in the order of the list. */
  public static List<PublishedWeights> all() {
    return ALL;
  }

  /** The file for a network, if there is one. */
  public static Optional<PublishedWeights> of(RunConfig.ModelParams model) {
    RunConfig.TransformerParams params = model.transformer();
    return ALL.stream()
        .filter(w -> w.backbone() == model.backbone() && w.type() == params.pretrainedType())
        .filter(w -> w.patchSize() == null || w.patchSize() == params.patchSize())
        .findFirst();
  }

  public String fileName() {
    String path = url.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Where the whole hash of the file is kept, in the format of {@code sha256sum}: beside it, or
   * where it would be downloaded to.
   *
   * @param folder of downloaded files
   */
  public Path pin(Path folder) {
    return folder.resolve(fileName() + ".sha256");
  }

  /**
   * Why the file may not be used: its publisher tells no hash and nobody has pinned one, so that
   * whatever comes under its name would be believed.
   *
   * @param folder of downloaded files
   */
  public Optional<String> unverifiable(Path folder) {
    return !sha256.isEmpty() || Files.exists(pin(folder))
        ? Optional.empty()
        : Optional.of(
            """
            %1$s is published without a hash and is not used until one is pinned. Fetch %2$s \
            and compare it with a copy that you trust; then, in MEDTRANS_HOME/weights: \
            sha256sum %1$s > %1$s.sha256"""
                .formatted(fileName(), url));
  }

  /** Such as {@code deit_small (dino, patch 8)}. */
  public String describe() {
    return "%s (%s%s)"
        .formatted(backbone.label(), type, patchSize == null ? "" : ", patch " + patchSize);
  }

  private static List<PublishedWeights> load() {
    try (InputStream in = PublishedWeights.class.getResourceAsStream("published-weights.json")) {
      return List.of(Json.mapper().readValue(in, PublishedWeights[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
