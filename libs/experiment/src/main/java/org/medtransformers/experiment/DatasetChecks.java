package org.medtransformers.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medtransformers.contracts.config.ClassWeights;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.FolderLabels;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.config.RunConfig;

/** Rules between {@code dataset_params.dataset} and the objects that describe a data set. */
final class DatasetChecks {
  private final RunConfig run;
  private final Findings findings;

  private DatasetChecks(RunConfig run, Findings findings) {
    this.run = run;
    this.findings = findings;
  }

  static void check(RunConfig run, Findings findings) {
    DatasetChecks checks = new DatasetChecks(run, findings);
    checks.described();
    checks.described(run.medtrans().csv());
    checks.labels(run.medtrans().imageFolder());
  }

  /** The object that a data set needs is there; one that another needs is not looked at. */
  private void described() {
    RunConfig.Medtrans medtrans = run.medtrans();
    Map<String, OwnData> given = new TreeMap<>();
    put(given, "medmnist", medtrans.medmnist());
    put(given, "image_folder", medtrans.imageFolder());
    put(given, "dicom", medtrans.dicom());
    put(given, "csv", medtrans.csv());
    DatasetName dataset = run.dataset().dataset();
    Optional<String> key = dataset.ownKey();
    key.filter(k -> dataset != DatasetName.IMAGE_FOLDER && !given.containsKey(k))
        .ifPresent(
            k -> findings.invalid("medtrans." + k, "missing, dataset " + dataset + " needs it"));
    given.forEach(
        (name, data) -> {
          if (!key.equals(Optional.of(name))) {
            findings.notice("medtrans." + name, "does nothing here: the data set is " + dataset);
          }
          perChannel("medtrans." + name, data);
        });
  }

  private static void put(Map<String, OwnData> given, String key, OwnData data) {
    if (data != null) {
      given.put(key, data);
    }
  }

  private void perChannel(String path, OwnData data) {
    if ((data.mean() == null) != (data.std() == null)) {
      findings.invalid(
          path + (data.mean() == null ? ".mean" : ".std"), "missing, allowed: both or neither");
    } else if (data.mean() != null && data.mean().size() != data.std().size()) {
      findings.invalid(
          path + ".std", "found %s, allowed: as many as mean has".formatted(data.std()));
    } else if (data.mean() != null
        && data.channels() != null
        && data.mean().size() != data.channels()) {
      findings.invalid(
          path + ".mean",
          "found %s, allowed: one for each of %d channels".formatted(data.mean(), data.channels()));
    }
  }

  private void labels(OwnData.ImageFolder folder) {
    if (folder == null
        || folder.labels() != FolderLabels.NONE
        || run.dataset().dataset() != DatasetName.IMAGE_FOLDER) {
      return;
    }
    if (folder.classes() != null) {
      findings.invalid(
          "medtrans.image_folder.classes",
          "found %s, allowed: none beside labels \"none\"".formatted(folder.classes()));
    }
    if (run.medtrans().supervised()) {
      findings.invalid(
          "medtrans.image_folder.labels",
          "found \"none\", allowed: \"folders\" with medtrans.method supervised, which needs labels");
    }
  }

  private void described(OwnData.Csv csv) {
    if (csv == null) {
      return;
    }
    List<String> labels = csv.labelColumns();
    if (new HashSet<>(labels).size() < labels.size() || labels.contains(csv.imageColumn())) {
      findings.invalid(
          "medtrans.csv.label_columns",
          "found %s, allowed: different columns, image_column not among them".formatted(labels));
    }
    if (csv.unlabelled() && labels.size() > 1) {
      findings.invalid(
          "medtrans.csv.unlabelled", "found true, allowed: false with several label_columns");
    }
    boolean used = run.dataset().dataset() == DatasetName.CSV;
    if (used && labels.size() > 1 && run.medtrans().classWeights() == ClassWeights.BALANCED) {
      findings.invalid(
          "medtrans.class_weights",
          "found \"balanced\", allowed: \"none\" where an image may show several classes");
    }
  }
}
