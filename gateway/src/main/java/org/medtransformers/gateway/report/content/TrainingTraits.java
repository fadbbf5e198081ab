package org.medtransformers.gateway.report.content;

import static org.medtransformers.gateway.report.content.DataTraits.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.ClassWeights;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.gateway.report.content.Study.Trained;

/** How a network was trained, and which of its models was taken. */
final class TrainingTraits {
  /** Of DINO with AdamW where the file says nothing else. */
  private static final double ADAM_W_DECAY_END = 0.4;

  private TrainingTraits() {}

  /** The loss. */
  static String loss(Trained trained) {
    RunConfig.Medtrans own = config(trained).medtrans();
    if (own.testOnly()) {
      return "";
    }
    String loss =
        switch (own.method()) {
          case SUPERVISED -> "The loss was " + supervised(trained);
          case DINO -> "It learned without labels, by DINO (" + dino(config(trained)) + ")";
          case BYOL -> "It learned without labels, by BYOL (%s)".formatted(json(own.byol()));
          case SIMSIAM ->
              "It learned without labels, by SimSiam (%s)".formatted(json(own.simsiam()));
        };
    return loss + ".";
  }

  private static String dino(RunConfig config) {
    ObjectNode own = Json.tree(config.medtrans().dino()).deepCopy();
    own.remove("weight_decay_end");
    if (config.model().backbone().family() == Backbone.Family.RESNET) {
      // It acts on a transformer alone.
      own.remove("drop_path");
    }
    return "%s; the moving average decay rose to 1 along a cosine; %s%s"
        .formatted(json(config.model().dino()), Words.parameters(own), weightDecay(config));
  }

  /** The course of DINO's weight decay, which the optimizer's own is only the beginning of. */
  private static String weightDecay(RunConfig config) {
    Double end = config.medtrans().dino().weightDecayEnd();
    if (end == null && config.optimization().main().optimizer().type() != OptimizerType.ADAM_W) {
      return "";
    }
    return "; the weight decay went along a cosine to "
        + Words.number(end == null ? ADAM_W_DECAY_END : end);
  }

  private static String json(Object settings) {
    return Words.parameters(Json.tree(settings));
  }

  private static String supervised(Trained trained) {
    RunConfig.Medtrans own = config(trained).medtrans();
    String smoothed =
        own.labelSmoothing() == 0
            ? ""
            : ", labels smoothed by " + Words.number(own.labelSmoothing());
    String weighted =
        own.classWeights() == ClassWeights.BALANCED
            ? ", classes weighted by the inverse of their frequency among the training images"
            : "";
    DatasetDescription data =
        trained.run().prepared == null ? null : trained.run().prepared.description();
    String name =
        data == null
            ? "that of the data set's task"
            : switch (data.task()) {
              case MULTI_CLASS -> "cross-entropy over %d classes".formatted(data.classes().size());
              case BINARY -> "binary cross-entropy of one logit";
              case MULTI_LABEL -> "binary cross-entropy of one logit for each finding";
            };
    return name + smoothed + weighted;
  }

  /** The optimizer. */
  static String optimizer(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().testOnly()) {
      return "";
    }
    RunConfig.Optimization main = config.optimization().main();
    ObjectNode parameters = main.optimizer().params().deepCopy();
    JsonNode rate = parameters.remove("lr");
    String rated =
        trained.run().learningRate == null
            ? "learning rate %s".formatted(rate(config, rate))
            : "learning rates as searched";
    String others = Words.parameters(parameters);
    List<String> more = new ArrayList<>();
    if (main.lars().use() && config.effectiveBatch() >= main.lars().batchActThresh()) {
      more.add(
          "LARS scaled the gradient of each tensor (trust coefficient %s, eps %s)"
              .formatted(Words.number(main.lars().trustCoef()), Words.number(main.lars().eps())));
    }
    if (config.training().gradClipping() > 0) {
      more.add(
          "gradients were clipped to a total norm of "
              + Words.number(config.training().gradClipping()));
    }
    if (config.medtrans().layerDecay() != 1) {
      more.add(
          "each layer had the learning rate of the one above times "
              + Words.number(config.medtrans().layerDecay()));
    }
    if (config.medtrans().emaDecay() > 0) {
      more.add(
          "an exponential moving average of the weights (decay %s) was validated and tested"
              .formatted(Words.number(config.medtrans().emaDecay())));
    }
    return "The optimizer was %s (%s%s); biases and weights of one dimension had no weight decay%s."
        .formatted(
            main.optimizer().type(),
            rated,
            others.isEmpty() ? "" : ", " + others,
            more.stream().map(m -> "; " + m).collect(Collectors.joining()));
  }

  private static String rate(RunConfig config, JsonNode rate) {
    String base = rate == null ? "of PyTorch's default" : Words.number(rate.doubleValue());
    return config.optimization().main().optimizer().autoscaleLr()
        ? "%s × %d images per update / 256".formatted(base, config.effectiveBatch())
        : base;
  }

  /** The course of the learning rate. */
  static String schedule(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().testOnly()) {
      return "";
    }
    RunConfig.Scheduler scheduler = config.optimization().main().scheduler();
    if (scheduler == null || scheduler.type() == null || scheduler.type().isEmpty()) {
      return "The learning rate was constant.";
    }
    String parts =
        scheduler.type().stream()
            .map(type -> part(type, scheduler))
            .collect(Collectors.joining(", then "));
    return "The learning rate followed " + parts + ".";
  }

  private static String part(SchedulerType type, RunConfig.Scheduler scheduler) {
    JsonNode parameters = scheduler.params() == null ? null : scheduler.params().get(type);
    String told = parameters == null ? "" : Words.parameters(parameters);
    return type + (told.isEmpty() ? "" : " (" + told + ")");
  }

  /** Its length. */
  static String length(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().testOnly()) {
      return "";
    }
    RunConfig.Loader loader = config.dataloaders().trainloader();
    String update =
        config.medtrans().accumulateSteps() == 1
            ? ""
            : ", %d of which made an update".formatted(config.medtrans().accumulateSteps());
    Integer patience = config.medtrans().earlyStopPatience();
    return "Training took %s%s in batches of %s%s%s, in %s."
            .formatted(
                patience == null ? "" : "at most ",
                Words.count(config.training().epochs(), "epoch"),
                Words.count(loader.batchSize(), "image"),
                update,
                loader.dropLast() ? ", an incomplete last batch being left out" : "",
                config.training().mixedPrecision()
                    ? "mixed precision (products of matrices, attention and convolutions in 16 bits; evaluation in 32)"
                    : "32-bit floating point")
        + (patience == null
            ? ""
            : " It ended after %s in a row without a better model."
                .formatted(Words.count(patience, "validation")));
  }

  /** Which model was tested. */
  static String selection(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().testOnly()) {
      return "";
    }
    if (trained.run().learningRate != null) {
      return "Each trial was judged by the validation images after its last epoch.";
    }
    if (trained.run().prepared == null) {
      return "";
    }
    boolean validated =
        trained.run().prepared.sizes().val() > 0 && trained.run().prepared.description().labelled();
    boolean once = Double.isInfinite(config.training().valEvery());
    if (!config.training().saveBestModel() || !validated || once) {
      return "The model after the last epoch was taken." + neighbours(trained);
    }
    return "Of the models after every %s the one with the best %s on the validation images was taken.%s"
        .formatted(
            config.training().valEvery() == 1
                ? "epoch"
                : Words.number(config.training().valEvery()) + " epochs",
            trained.run().prepared.description().targetMetric().key(),
            neighbours(trained));
  }

  /** What classifies where no labels were learned. */
  private static String neighbours(Trained trained) {
    RunConfig config = config(trained);
    if (config.medtrans().supervised() || !trained.run().prepared.description().labelled()) {
      return "";
    }
    Integer neighbours = config.training().knnNeighbours();
    return " Classes of validation and test images were the votes of their %s nearest neighbours among the training images (temperature %s)."
        .formatted(
            neighbours == null ? "200, or a tenth of these where that is less," : neighbours,
            Words.number(config.medtrans().knn().temperature()));
  }
}
