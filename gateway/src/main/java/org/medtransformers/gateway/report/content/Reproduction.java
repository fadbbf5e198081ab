package org.medtransformers.gateway.report.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.gateway.document.Block;
import org.medtransformers.gateway.document.Block.Code;
import org.medtransformers.gateway.document.Block.Items;
import org.medtransformers.gateway.document.Block.Note;
import org.medtransformers.gateway.document.Block.Table;
import org.medtransformers.gateway.document.Document.Section;
import org.medtransformers.gateway.report.Rounding;
import org.medtransformers.gateway.report.content.Study.Trained;

/** What makes it again: versions, seeds, hashes, commands, the file. */
final class Reproduction {
  /** Of each run, with its hashes in full. */
  static final List<String> HEAD =
      List.of(
          "run",
          "data_set",
          "model",
          "initialisation",
          "labels",
          "phase",
          "repetition",
          "seed",
          "state",
          "data_fingerprint",
          "split_sha256",
          "resolved_file_sha256",
          "start_weights_sha256",
          "trained_weights_sha256",
          "metric",
          "test",
          "validation",
          "test_images");

  private static final int SHOWN_OF_HASH = 12;

  private Reproduction() {}

  static Section of(Study study) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Items(
            List.of(
                "medtransformers " + study.version(),
                "Experiment %s, accepted %s%s"
                    .formatted(
                        study.experiment().id(),
                        Words.time(study.experiment().created()),
                        study.ended() == null ? "" : ", ended " + Words.time(study.ended())))));
    blocks.add(
        new Code(
            "With the experiment file below as experiment.json and the images where it says:",
            """
            ./medtrans data check experiment.json
            ./medtrans run experiment.json
            ./medtrans report %s --format zip
            """
                .formatted(study.experiment().id())));
    blocks.add(new Table("Hashes, their first %d digits".formatted(SHOWN_OF_HASH), shown(study)));
    blocks.add(
        new Note(
            "Data: of what was prepared and from what. Split: of the ids of each part. File: of the resolved run file. Start: of the weight file that the training began with. Weights: of those that were tested. The archive has them whole, in runs.csv."));
    if (study.runs().size() > ResultsSection.MOST_ROWS) {
      blocks.add(
          new Note(
              "The first %d of %s."
                  .formatted(ResultsSection.MOST_ROWS, Words.count(study.runs().size(), "run"))));
    }
    blocks.add(new Code("The experiment file, as it was given:", document(study)));
    return new Section("reproduction", "Reproduction", blocks);
  }

  /** As it was given, laid out. */
  static String document(Study study) {
    return Json.pretty(Json.parse(study.document()));
  }

  private static List<List<String>> shown(Study study) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("model", "data set", "seed", "state", "data", "split", "file", "start", "weights"));
    study.runs().stream().limit(ResultsSection.MOST_ROWS).forEach(t -> rows.add(row(t)));
    return rows;
  }

  private static List<String> row(Trained trained) {
    PreparedDataset prepared = trained.run().prepared;
    return List.of(
        trained.arm(),
        trained.dataset(),
        Long.toString(trained.run().seed),
        trained.run().state.name(),
        shortened(prepared == null ? null : prepared.id()),
        shortened(split(prepared)),
        shortened(trained.run().file().sha256()),
        shortened(trained.startSha256()),
        shortened(trained.weightsSha256()));
  }

  private static String split(PreparedDataset prepared) {
    UsedSplit split = prepared == null ? null : prepared.split();
    return split == null ? null : split.sha256();
  }

  private static String shortened(String hash) {
    return hash == null ? Rounding.NONE : hash.substring(0, Math.min(SHOWN_OF_HASH, hash.length()));
  }

  /** Of each run a line, in the order of {@link #HEAD}. */
  static List<List<Object>> lines(Study study) {
    return study.runs().stream().map(Reproduction::line).toList();
  }

  private static List<Object> line(Trained trained) {
    PreparedDataset prepared = trained.run().prepared;
    return Arrays.<Object>asList(
            trained.run().id.toString(),
            trained.dataset(),
            trained.run().backbone,
            trained.run().initialisation,
            String.join("; ", Objects.requireNonNullElse(trained.run().labels, List.of())),
            trained.run().phase,
            trained.run().repetition,
            trained.run().seed,
            trained.run().state.name(),
            prepared == null ? null : prepared.id(),
            split(prepared),
            trained.run().file().sha256(),
            trained.startSha256(),
            trained.weightsSha256(),
            prepared == null ? null : prepared.description().targetMetric().key(),
            trained.run().targetMetric(trained.run().testMetrics),
            trained.run().targetMetric(trained.run().valMetrics),
            trained.run().testMetrics == null ? null : trained.run().testMetrics.n())
        .stream()
        .map(cell -> cell == null ? "" : cell)
        .toList();
  }
}
