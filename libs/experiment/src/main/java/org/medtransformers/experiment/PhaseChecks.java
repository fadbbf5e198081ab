package org.medtransformers.experiment;

import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.FolderLabels;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;

/** Rules between trainings that begin with each other's backbones. */
final class PhaseChecks {
  private static final String BY_THE_ONE_BEFORE =
      ", because a later phase begins with the backbone of the one before";

  private final String path;
  private final Findings findings;

  private PhaseChecks(String path, Findings findings) {
    this.path = path;
    this.findings = findings;
  }

  /**
   * Reports every broken rule.
   *
   * @param files of the phases in their order
   * @param path of the phases in the document
   */
  static void check(List<RunFile> files, String path, Findings findings) {
    if (files.size() == 1) {
      return;
    }
    PhaseChecks checks = new PhaseChecks(path, findings);
    for (int i = 0; i < files.size(); i++) {
      checks.every(files.get(i), i);
      if (i > 0) {
        checks.later(files.get(i).config(), i);
        checks.sameBackbone(files.get(0).config(), files.get(i).config(), i);
      }
      if (i < files.size() - 1) {
        checks.sameDivision(files.get(i).config(), files.get(files.size() - 1).config(), i);
      }
    }
  }

  private void every(RunFile file, int index) {
    String reason = ", because phases train one after the other";
    RunConfig run = file.config();
    refuse(index, "medtrans.test_only", run.medtrans().testOnly(), reason);
    refuse(index, "medtrans.lr_finder", LearningRateFinder.of(file).isPresent(), reason);
    refuse(index, "training_params.restore_session", run.training().restoreSession(), reason);
    refuse(index, "training_params.restore_only_model", run.training().restoreOnlyModel(), reason);
  }

  private void later(RunConfig run, int index) {
    String transfer = "transfer_learning_params.use_pretrained";
    refuse(index, transfer, run.transfers(), BY_THE_ONE_BEFORE);
    refuse(index, "model_params.pretrained", run.model().pretrained(), BY_THE_ONE_BEFORE);
  }

  private void refuse(int index, String key, boolean found, String reason) {
    if (found) {
      findings.invalid(at(index), key + ": found true, allowed: false" + reason);
    }
  }

  private void sameBackbone(RunConfig first, RunConfig run, int index) {
    Backbone backbone = run.model().backbone();
    same(index, "model_params.backbone_type", first.model().backbone().label(), backbone.label());
    if (backbone.family() == Backbone.Family.VISION_TRANSFORMER) {
      same(
          index,
          "model_params.transformers_params.patch_size",
          first.model().transformer().patchSize(),
          run.model().transformer().patchSize());
    }
  }

  /** Of the same images the last phase must not test those that an earlier one has trained on. */
  private void sameDivision(RunConfig run, RunConfig last, int index) {
    if (!PhaseImages.of(run).equals(PhaseImages.of(last))) {
      return;
    }
    String because =
        ", because the last phase has the same images, and those that it tests must not be trained"
            + " on";
    if (!run.medtrans().split().equals(last.medtrans().split())) {
      findings.invalid(
          at(index),
          "medtrans.split: found %s, allowed: %s"
                  .formatted(
                      Json.write(run.medtrans().split()), Json.write(last.medtrans().split()))
              + because);
    }
    boolean hidesParts = withoutLabels(run) && !withoutLabels(last);
    if (hidesParts) {
      findings.invalid(
          at(index),
          "medtrans.image_folder.labels: found \"none\", allowed: \"folders\"" + because);
    }
  }

  private static boolean withoutLabels(RunConfig run) {
    OwnData.ImageFolder folder = run.medtrans().imageFolder();
    return folder != null && folder.labels() == FolderLabels.NONE;
  }

  private void same(int index, String key, Object first, Object found) {
    if (!first.equals(found)) {
      findings.invalid(
          at(index), "%s: found %s, allowed: %s".formatted(key, found, first) + BY_THE_ONE_BEFORE);
    }
  }

  private String at(int index) {
    return path + "[" + index + "]";
  }
}
