package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.above;
import static org.medtransformers.experiment.Rules.bool;
import static org.medtransformers.experiment.Rules.duration;
import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.matching;
import static org.medtransformers.experiment.Rules.nonEmptyText;
import static org.medtransformers.experiment.Rules.number;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.whole;

import java.util.List;
import org.medtransformers.contracts.config.ClassWeights;
import org.medtransformers.contracts.config.ClipMode;
import org.medtransformers.contracts.config.DdsmMode;
import org.medtransformers.contracts.config.FolderLabels;
import org.medtransformers.contracts.config.OnBadImage;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;

/** The {@code medtrans} object: everything that the published format has no key for. */
final class MedtransRules {
  private static final double MAX = Double.MAX_VALUE;
  private static final int MANY = 1_000_000;

  /** Votes weigh exp(cosine / temperature), which 32 bits do not hold from about 0.011 down. */
  private static final double LEAST_TEMPERATURE = 0.02;

  private MedtransRules() {}

  static Rule medtrans() {
    return object()
        .optional("method", oneOf(TrainingMethod.class), TrainingMethod.SUPERVISED)
        .optional("lr_finder", bool(), false)
        .optional("test_only", bool(), false)
        .optional("checkpoint", nonEmptyText())
        .optional("require_gpu", bool(), false)
        .optional("priority", whole(-100, 100), 0)
        .optional("weights_file", nonEmptyText())
        .nested("split", SplitRule.split())
        .optional("on_bad_image", oneOf(OnBadImage.class), OnBadImage.FAIL)
        .optional("bits", whole(9, 16))
        .nested(
            "ddsm",
            object()
                .optional("mode", oneOf(DdsmMode.class), DdsmMode.WHOLE)
                .optional("classes", whole(2, 3), 2)
                .build())
        .optional("medmnist", ownData(object().required("file", fileName())))
        .optional(
            "image_folder",
            ownData(
                object()
                    .optional("classes", classes())
                    .optional("labels", oneOf(FolderLabels.class))))
        .optional("dicom", dicom())
        .optional("csv", csv())
        .optional("augmentation", AugmentationRule.create())
        .optional("accumulate_steps", whole(1, 10_000), 1)
        .optional("label_smoothing", number(0, 0.999), 0)
        .optional("class_weights", oneOf(ClassWeights.class), ClassWeights.NONE)
        .optional("ema_decay", number(0, 0.999999), 0)
        .optional("layer_decay", number(0.01, 1), 1)
        .optional("early_stop_patience", whole(1, MANY))
        .optional("keep_checkpoints", whole(1, 1000), 3)
        .optional("keep_best", whole(1, 1000), 1)
        .optional("checkpoint_every_seconds", above(0), 60)
        .optional("retention", duration(36_500))
        .nested("knn", knn())
        .nested("evaluation", evaluation())
        .nested("comparison", object().optional("rope", number(0, 1), 0.01).build())
        .nested("dino", dino())
        .nested("byol", byol())
        .nested("simsiam", simsiam())
        .build();
  }

  private static Rule dicom() {
    return ownData(
        object()
            .required("csv", nonEmptyText())
            .required("id_column", nonEmptyText())
            .required("label_column", nonEmptyText())
            .optional("group_column", nonEmptyText())
            .optional("subgroup_columns", list(nonEmptyText(), 1, 100))
            .optional("classes", classes()));
  }

  private static Rule csv() {
    return ownData(
        object()
            .required("file", nonEmptyText())
            .required("image_column", nonEmptyText())
            .required("label_columns", list(nonEmptyText(), 1, 10_000))
            .optional("unlabelled", bool())
            .optional("group_column", nonEmptyText())
            .optional("subgroup_columns", list(nonEmptyText(), 1, 100))
            .optional("classes", classes()));
  }

  /** Their names, in the order of their numbers. */
  private static Rule classes() {
    return list(nonEmptyText(), 2, 1000);
  }

  /** With the keys that say what the data set cannot. */
  private static Rule ownData(Rules.Builder builder) {
    return builder
        .optional("folder", nonEmptyText())
        .optional("channels", oneOrThree())
        .optional("mean", list(number(0, 1), 1, 3))
        .optional("std", list(above(0), 1, 3))
        .optional("target_metric", oneOf(TargetMetric.class))
        .build();
  }

  private static Rule oneOrThree() {
    return new Rule.Value(
        "1 or 3",
        v -> v.canConvertToInt() && v.canConvertToExactIntegral(),
        v -> v.intValue() == 1 || v.intValue() == 3);
  }

  private static Rule fileName() {
    return matching(
        "[A-Za-z0-9][\\w.-]{0,199}\\.npz", "the name of an npz file such as \"breastmnist.npz\"");
  }

  private static Rule knn() {
    return object()
        .optional("k", list(whole(1, MANY), 1, 100), List.of(5, 10, 20, 100, 200))
        .optional("temperature", number(LEAST_TEMPERATURE, MAX), 0.1)
        .build();
  }

  private static Rule evaluation() {
    return object()
        .optional("split", oneOf(Split.class), Split.TEST)
        .optional("knn", bool(), false)
        .optional("linear", bool(), false)
        .optional("umap", bool(), false)
        .optional("attention", whole(0, 1000), 0)
        .optional("bootstrap", whole(0, MANY), 1000)
        .optional("operating_point", object().optional("sensitivity", number(0.01, 1)).build())
        .build();
  }

  private static Rule dino() {
    return object()
        .optional("weight_decay_end", number(0, MAX))
        .optional("freeze_last_layer", whole(0, MANY), 1)
        .optional("clip_mode", oneOf(ClipMode.class), ClipMode.TOTAL)
        .optional("drop_path", number(0, 0.999), 0.1)
        .build();
  }

  private static Rule byol() {
    return object()
        .optional("projector", list(whole(1, MANY), 2, 3), List.of(4096, 256))
        .optional("predictor", whole(1, MANY), 4096)
        .optional("momentum", list(p(), 2, 2), List.of(0.99, 1))
        .build();
  }

  private static Rule simsiam() {
    return object()
        .optional("projector", list(whole(1, MANY), 2, 3), List.of(2048, 2048, 2048))
        .optional("predictor", whole(1, MANY), 512)
        .optional("constant_predictor_lr", bool(), true)
        .build();
  }
}
