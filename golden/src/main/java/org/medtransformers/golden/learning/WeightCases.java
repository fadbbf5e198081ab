package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.weights.WeightFile;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/**
 * Group {@code weights}: weight files to read bit for bit, and files to refuse. Every file is a
 * line of its own.
 */
record WeightCases() implements CaseRunner {
  private static final String GOOD = "good";
  private static final String BAD = "bad";
  private static final String DOUBTFUL = "bad_but_torch_itself_accepts";
  private static final Set<String> KEYS = Set.of("tolerance", GOOD, BAD, DOUBTFUL);

  @Override
  public String group() {
    return "weights";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    JsonNode all = golden.read(KEYS);
    if (Tolerance.of(all.path("tolerance"), "tolerance") != Tolerance.EXACT
        || all.path(GOOD).size() + all.path(BAD).size() + all.path(DOUBTFUL).size() == 0) {
      report.failure(golden.group(), golden.name(), "names no files, or a tolerance");
      return;
    }
    String folder = golden.file().substring(0, golden.file().lastIndexOf('/') + 1);
    all.path(GOOD)
        .properties()
        .forEach(
            entry ->
                report.line(
                    golden.group(),
                    entry.getKey(),
                    comparison ->
                        checkRead(
                            read(golden.folder().file(folder + entry.getKey())),
                            entry.getValue(),
                            comparison)));
    refuse(golden, folder, all.path(BAD), true, report);
    refuse(golden, folder, all.path(DOUBTFUL), false, report);
  }

  private static void refuse(
      GoldenCase golden, String folder, JsonNode files, boolean required, Report report) {
    for (String name : (Iterable<String>) files::fieldNames) {
      report.line(
          golden.group(),
          name,
          comparison ->
              new Refusal(golden.folder().file(folder + name), required).check(comparison));
    }
  }

  private static void checkRead(WeightFile found, JsonNode entry, Comparison comparison) {
    Section file = comparison.section("file", entry);
    String where = file.take("where").asText();
    // A remark in brackets may follow.
    comparison.equal(
        "where", where.startsWith(found.where()) ? found.where() : where, found.where());
    // Epoch, arguments and the like are passed over when weights are read.
    file.informational("others");
    Section tensors = file.section("expected");
    Map<String, Tensor> byName = found.tensors();
    comparison.equal("tensors", new TreeSet<>(tensors.keys()), new TreeSet<>(byName.keySet()));
    for (String name : tensors.keys()) {
      if (byName.containsKey(name)) {
        TensorValues.check(name, byName.get(name), tensors.section(name), comparison);
      }
    }
  }

  private static WeightFile read(Path file) {
    try {
      return WeightFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
