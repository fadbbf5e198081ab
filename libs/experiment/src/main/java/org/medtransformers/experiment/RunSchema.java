package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.above;
import static org.medtransformers.experiment.Rules.bool;
import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.matching;
import static org.medtransformers.experiment.Rules.nonEmptyText;
import static org.medtransformers.experiment.Rules.number;
import static org.medtransformers.experiment.Rules.numberOrInfinity;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.onlyBuilt;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.switchedBy;
import static org.medtransformers.experiment.Rules.text;
import static org.medtransformers.experiment.Rules.whole;

import java.util.List;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.PretrainedType;

/** Every key of a run file: its rule, its default, and whether it is built. */
final class RunSchema {
  private static final double MAX = Double.MAX_VALUE;
  private static final int MANY = 1_000_000;

  private RunSchema() {}

  /** The run part of the document: everything but {@code experiment}. */
  static ObjectRule run() {
    return object()
        .required("dataset_params", dataset())
        .nested("dataloader_params", loaders())
        .required("model_params", model())
        .nested("optimization_params", object().nested("default", optimization()).build())
        .required("training_params", training())
        .nested("system_params", system())
        .nested(
            "log_params",
            object()
                .optional("project_name", text(), "medtransformers")
                .optional("run_name", text(), "DEFINED_BY_MODEL_NAME")
                .build())
        .nested("lr_finder", lrFinder())
        .optional("transfer_learning_params", transferLearning())
        .nested("medtrans", MedtransRules.medtrans())
        .build();
  }

  private static Rule dataset() {
    Rule views = new ViewsRule(TransformRules.view());
    return object()
        .required("dataset", oneOf(DatasetName.class))
        .required("data_location", nonEmptyText())
        .required("train_transforms", views)
        .required("val_transforms", views)
        .required("test_transforms", views)
        .optional(
            "name",
            matching(
                "(?! )[\\p{L}\\p{M}\\p{N} _.:+()/-]{1,100}(?<! )",
                "a name of at most 100 letters, digits, blanks and _ . : + ( ) / - without a blank at"
                    + " its ends"))
        .build();
  }

  private static Rule loaders() {
    return object()
        .nested("trainloader", loader(true))
        .nested("valloader", loader(false))
        .nested("testloader", loader(false))
        .build();
  }

  private static Rule loader(boolean training) {
    return object()
        .optional("batch_size", whole(1, 65_536), 64)
        .optional("shuffle", bool(), training)
        .optional("drop_last", bool(), training)
        .withoutEffect("num_workers", whole(0, MANY))
        .withoutEffect("prefetch_factor", whole(0, MANY))
        .withoutEffect("pin_memory", bool())
        .withoutEffect("persistent_workers", bool())
        .build();
  }

  private static Rule model() {
    return object()
        .required("backbone_type", oneOf(Backbone.class))
        .nested(
            "transformers_params",
            object()
                .optional("img_size", list(whole(1, 8192), 1, 2), List.of(224))
                .optional("patch_size", whole(1, 512), 16)
                .optional("pretrained_type", oneOf(PretrainedType.class), PretrainedType.SUPERVISED)
                .optional("is_memory_efficient", bool(), true)
                .optional("drop_path_rate", number(0, 0.999), 0)
                .build())
        .optional("pretrained", bool(), false)
        .optional("freeze_backbone", bool(), false)
        .nested("DINO", dino())
        .build();
  }

  private static Rule dino() {
    return object()
        .optional("projection_size", whole(1, MANY), 4096)
        .optional("moving_average_decay", p(), 0.99)
        .optional("ncrops", whole(2, 64))
        .optional("warmup_teacher_temp", above(0), 0.04)
        .optional("teacher_temp", above(0), 0.07)
        .optional("warmup_teacher_temp_epochs", whole(0, MANY), 30)
        .optional("student_temp", above(0), 0.1)
        .optional("center_momentum", p(), 0.9)
        .withoutEffect("nepochs", whole(1, MANY))
        .build();
  }

  private static Rule optimization() {
    return object()
        .nested("optimizer", OptimizerRules.optimizer())
        .nested(
            "LARS_params",
            object()
                .optional("use", bool(), false)
                .optional("batch_act_thresh", whole(1, MANY), 256)
                .optional("eps", above(0), 1e-8)
                .optional("trust_coef", above(0), 0.001)
                .build())
        .nested("scheduler", OptimizerRules.scheduler())
        .build();
  }

  private static Rule training() {
    return object()
        .optional(
            "model_name",
            matching(
                "[A-Za-z0-9][\\w.+-]{0,199}",
                "a name of letters, digits and . _ + - that begins with a letter or digit"))
        .required("epochs", whole(1, 100_000))
        .optional("val_every", numberOrInfinity(), 1)
        .optional("log_every", whole(1, MANY), 100)
        .optional("save_best_model", bool(), true)
        .optional("log_embeddings", bool(), false)
        .optional("knn_eval", bool(), false)
        .optional("knn_nhood", whole(1, MANY))
        .optional("grad_clipping", number(0, MAX), 0)
        .optional("restore_session", bool(), false)
        .optional("restore_only_model", bool(), false)
        .optional("use_tensorboard", bool(), true)
        .optional("use_mixed_precision", bool(), false)
        .optional("save_dir", text())
        .build();
  }

  private static Rule system() {
    return object()
        .optional("use_GPU", bool(), true)
        .optional("use_all_GPUs", onlyBuilt(bool(), false), false)
        .optional(
            "which_GPUs", matching("\\d+(,\\d+)*", "GPU numbers such as \"0\" or \"0,1\""), "0")
        .build();
  }

  private static Rule lrFinder() {
    return object()
        .optional("type", oneOf("grid_search"), "grid_search")
        .nested(
            "grid_search_params",
            object()
                .optional("min_pow", number(-20, 5), -5)
                .optional("max_pow", number(-20, 5), -2)
                .optional("resolution", whole(1, 10_000), 25)
                .optional("n_epochs", whole(1, 100_000), 5)
                .optional("random_lr", bool(), false)
                .optional("keep_schedule", bool(), false)
                .optional("report_intermediate_steps", bool(), false)
                .build())
        .build();
  }

  private static Rule transferLearning() {
    return switchedBy("use_pretrained")
        .optional("pretrained_model_name", text(), "")
        .optional("pretrained_path", text(), "")
        .build();
  }
}
