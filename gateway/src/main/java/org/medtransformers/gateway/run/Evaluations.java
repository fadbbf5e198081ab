package org.medtransformers.gateway.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** Further evaluations of a run's model, and the files that evaluations leave behind. */
@Singleton
public final class Evaluations {
  /** Those of one image may have its position before the extension. */
  private static final Pattern FILE =
      Pattern.compile("(attention/)?[A-Za-z0-9_-]{1,120}(\\.\\d{1,10})?\\.(json|csv|png)");

  private final Artifacts artifacts;
  private final Database database;
  private final Access access;

  Evaluations(Artifacts artifacts, Database database, Access access) {
    this.access = access;
    this.artifacts = artifacts;
    this.database = database;
  }

  /**
   * The document of an experiment that evaluates the model of run {@code id}: the run's own file
   * with what {@code request} changes. Images of one's own have the classes and channels of those
   * that the model was trained on and are normalised as they were, not by their own mean.
   *
   * @throws MedtransException {@code NOT_FOUND} where there is no such run, {@code INVALID_REQUEST}
   *     for a path that is none
   */
  public ObjectNode document(String id, EvaluationRequest request) {
    return database.inTransaction(() -> document(NamedRuns.require(id, access.scope()), request));
  }

  private static ObjectNode document(RunEntity run, EvaluationRequest request) {
    ObjectNode document = run.file().tree();
    try {
      request.set().forEach((path, value) -> Overrides.set(document, path, value));
      Overrides.set(document, "experiment.seed", Json.tree(run.seed));
      Overrides.set(document, "experiment.name", Json.tree(run.modelName + " evaluation"));
      Overrides.set(document, "medtrans.test_only", Json.tree(true));
      Overrides.set(document, "medtrans.checkpoint", Json.tree(run.id.toString()));
      if (request.evaluation() != null) {
        Overrides.set(document, "medtrans.evaluation", request.evaluation());
      }
      if (run.prepared != null) {
        describeAs(run.prepared.description(), document);
      }
    } catch (IllegalArgumentException e) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, "set: " + e.getMessage(), e);
    }
    return document;
  }

  private static void describeAs(DatasetDescription trainedOn, ObjectNode document) {
    DatasetName dataset =
        DatasetName.named(document.at("/dataset_params/dataset").asText()).orElse(null);
    if (dataset == null || dataset.ownKey().isEmpty()) {
      return;
    }
    String own = "medtrans." + dataset.ownKey().get() + ".";
    complete(document, own + "channels", trainedOn.channels());
    complete(document, own + "mean", trainedOn.mean());
    complete(document, own + "std", trainedOn.std());
    // MedMNIST's files name their classes themselves, findings are named by their columns.
    if (dataset != DatasetName.MED_MNIST && trainedOn.task() != Task.MULTI_LABEL) {
      complete(document, own + "classes", trainedOn.classes());
    }
  }

  /** Sets what the document leaves open. */
  private static void complete(ObjectNode document, String path, Object value) {
    if (document.at("/" + path.replace('.', '/')).isMissingNode()) {
      Overrides.set(document, path, Json.tree(value));
    }
  }

  /**
   * A file of the run's results.
   *
   * @param name such as {@code results.json}
   * @throws MedtransException {@code NOT_FOUND} where there is no such run or file
   */
  public Path file(String id, String name) {
    if (isResult(name)) {
      Path file = folder(id).resolve(name);
      if (Files.isDirectory(file.getParent(), LinkOption.NOFOLLOW_LINKS)
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return file;
      }
    }
    throw MedtransException.of(ErrorCode.NOT_FOUND, "run %s has no file %s".formatted(id, name));
  }

  /** Whether {@code name} is that of a file of results, if there is one. */
  static boolean isResult(String name) {
    return FILE.matcher(name).matches();
  }

  private Path folder(String id) {
    return artifacts.run(
        database.inTransaction(() -> NamedRuns.require(id, access.scope()).id.toString()));
  }
}
