package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

/** What a file may say where no labels are learned from. */
class SelfSupervisionChecksTest {
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  @ParameterizedTest
  @CsvSource({"dino, DINO", "byol, BYOL", "simsiam, SimSiam"})
  void everyMethodHasARowOfItsOwn(String method, String name) {
    set("medtrans.method", '"' + method + '"');
    assertEquals(
        "random + " + name + ", kNN", ExperimentFile.read(document).runs().get(0).initialisation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dino | model_params.freeze_backbone | true | model_params.freeze_backbone: found true, allowed: false with medtrans.method dino, which trains it
          byol | medtrans.ema_decay | 0.9 | medtrans.ema_decay: found 0.9, allowed: 0 with medtrans.method byol
          byol | dataloader_params.trainloader.batch_size | 1 | dataloader_params.trainloader.batch_size: found 1, allowed: 2 or more with medtrans.method byol
          simsiam | dataloader_params.trainloader.batch_size | 1 | dataloader_params.trainloader.batch_size: found 1, allowed: 2 or more with medtrans.method simsiam
          """)
  void whatCannotBeIsRefused(String method, String path, String json, String message) {
    set("medtrans.method", '"' + method + '"');
    set(path, json);
    MedtransException e =
        assertThrows(MedtransException.class, () -> ExperimentFile.read(document));
    assertEquals(List.of(message), e.errors().stream().map(x -> x.message()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          medtrans.label_smoothing | 0.1 | medtrans.label_smoothing: does nothing: medtrans.method dino looks at no labels
          medtrans.class_weights | "balanced" | medtrans.class_weights: does nothing: medtrans.method dino looks at no labels
          training_params.knn_eval | true | training_params.knn_eval: does nothing more: with medtrans.method dino every validation asks the nearest neighbours
          """)
  void whatDoesNothingSaysSo(String path, String json, String notice) {
    set("medtrans.method", "\"dino\"");
    set(path, json);
    List<String> notices = ExperimentFile.read(document).notices();
    assertTrue(notices.contains(notice), notices::toString);
  }

  @Test
  void dropPathOfDinoIsAKeyOfItsOwn() {
    set("model_params.backbone_type", "\"deit_tiny\"");
    set("model_params.transformers_params.drop_path_rate", "0.2");
    set("medtrans.method", "\"dino\"");
    List<String> notices = ExperimentFile.read(document).notices();
    assertTrue(
        notices.contains(
            "model_params.transformers_params.drop_path_rate: does nothing: with medtrans.method"
                + " dino medtrans.dino.drop_path counts"),
        notices::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "dino, AdamW, 2e-3, false, true",
    "dino, AdamW, 2.1e-3, true, true",
    "dino, AdamW, 4e-4, false, false",
    "dino, AdamW, 5e-4, true, false",
    "dino, SGD, 2e-3, false, false",
    "byol, AdamW, 2e-3, false, false",
  })
  void aLearningRateFarAboveThatOfDinosAuthorsIsNoticed(
      String method, String optimizer, String lr, String autoscale, boolean noticed) {
    set("medtrans.method", '"' + method + '"');
    set("dataloader_params.trainloader.batch_size", "64");
    set("medtrans.accumulate_steps", "1");
    set(
        "optimization_params.default.optimizer",
        "{\"type\": \"%s\", \"autoscale_lr\": %s, \"params\": {\"lr\": %s}}"
            .formatted(optimizer, autoscale, lr));
    List<String> notices =
        ExperimentFile.read(document).notices().stream()
            .filter(n -> n.startsWith("optimization_params.default.optimizer.params.lr"))
            .toList();
    assertEquals(noticed ? 1 : 0, notices.size(), notices::toString);
  }

  @Test
  void theNoticeTellsWhatTheAuthorsTake() {
    set("medtrans.method", "\"dino\"");
    set("dataloader_params.trainloader.batch_size", "16");
    set("medtrans.accumulate_steps", "2");
    set(
        "optimization_params.default.optimizer",
        "{\"type\": \"AdamW\", \"autoscale_lr\": false, \"params\": {\"lr\": 5e-4}}");
    List<String> notices = ExperimentFile.read(document).notices();
    assertTrue(
        notices.contains(
            "optimization_params.default.optimizer.params.lr: 0.000500 is 8.0 times what DINO's"
                + " authors take for 32 images per update, 5e-4 with autoscale_lr: the outputs may"
                + " collapse"),
        notices::toString);
  }
}
