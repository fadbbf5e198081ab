package org.medtransformers.gateway.report.content;

import static org.medtransformers.gateway.report.content.DataTraits.config;

import java.util.Locale;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** Which network, and what it began with. */
final class NetworkTraits {
  private static final long MILLION = 1_000_000;

  private NetworkTraits() {}

  /** Its kind and size. */
  static String network(Trained trained) {
    RunConfig.ModelParams model = config(trained).model();
    String kind =
        switch (model.backbone().family()) {
          case RESNET -> "a residual network";
          case VISION_TRANSFORMER -> transformer(model.transformer());
        };
    String cost =
        trained.run().costs == null || trained.run().costs.inference() == null
            ? ""
            : "; it has %s parameters and takes %s multiply-adds for an image"
                .formatted(
                    magnitude(trained.run().costs.inference().parameters()),
                    magnitude(trained.run().costs.inference().multiplyAdds()));
    return "The network was %s, %s%s.".formatted(model.backbone().label(), kind, cost);
  }

  private static String transformer(RunConfig.TransformerParams transformer) {
    int size = transformer.imgSize().get(0);
    String dropped =
        transformer.dropPathRate() == 0
            ? ""
            : ", residual paths dropped at a rate rising to %s in the last block"
                .formatted(Words.number(transformer.dropPathRate()));
    return "a vision transformer on images of %s in patches of %s%s"
        .formatted(
            Words.pixels(size, size),
            Words.pixels(transformer.patchSize(), transformer.patchSize()),
            dropped);
  }

  private static String magnitude(long count) {
    return count < MILLION
        ? Rounding.count(count)
        : count < 100 * MILLION
            ? String.format(Locale.ROOT, "%.1f million", (double) count / MILLION)
            : "%s million".formatted(Rounding.count(Math.round((double) count / MILLION)));
  }

  /** What its weights were before the training. */
  static String beginning(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().testOnly()) {
      return "Nothing was trained: the model %s was tested."
          .formatted(
              trained.run().testedModel == null
                  ? config.medtrans().checkpoint()
                  : trained.run().testedModel.runId());
    }
    StartingPoint start = trained.run().start;
    if (start != null) {
      return earlier(trained, start);
    }
    if (trained.run().phase > 1) {
      return "The backbone was that of the phase before; the head was drawn from the seed of the run.";
    }
    return config.model().pretrained()
        ? published(trained, config)
        : "All weights were drawn at random from the seed of the run.";
  }

  private static String earlier(Trained trained, StartingPoint start) {
    String what =
        switch (start.use()) {
          case BACKBONE -> "The backbone was that of";
          case NETWORK -> "The whole network was that of";
          case SESSION -> "The training went on from";
        };
    String source =
        trained.run().phase > 1
            ? "the phase before"
            : start.runId() == null
                ? "a file of weights%s".formatted(digest(start.sha256()))
                : "run %s%s".formatted(start.runId(), digest(start.sha256()));
    String head =
        start.use() == StartingPoint.Use.BACKBONE
            ? "; the head was drawn from the seed of the run"
            : "";
    return "%s %s%s.".formatted(what, source, head);
  }

  private static String published(Trained trained, RunConfig config) {
    String source =
        config.medtrans().weightsFile() != null
            ? "the weight file that the experiment names"
            : PublishedWeights.of(config.model())
                .map(w -> "%s (%s, %s)".formatted(w.url(), w.type(), w.licence()))
                .orElse("published weights");
    return "The backbone began with %s%s; the head was drawn from the seed of the run."
        .formatted(source, digest(trained.startSha256()));
  }

  private static String digest(String sha256) {
    return sha256 == null ? "" : " with the SHA-256 " + sha256;
  }

  /** What of it was trained. */
  static String frozen(Trained trained) {
    return config(trained).model().freezeBackbone()
        ? "Only the head was trained; the backbone was frozen, in evaluation mode."
        : "";
  }
}
