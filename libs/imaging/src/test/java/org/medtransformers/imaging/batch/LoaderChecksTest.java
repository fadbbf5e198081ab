package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.imaging.TestSets;

class LoaderChecksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Resize\": {\"apply\": true, \"height\": 0, \"width\": 8}",
        "\"CenterCrop\": {\"apply\": true, \"height\": 100000, \"width\": 100000}",
        "\"RandomCrop\": {\"apply\": true, \"height\": 8, \"width\": 8, \"padding\": -1}",
        "\"RandomResizedCrop\": {\"apply\": true, \"size\": 8}",
        "\"RandomResizedCrop\": {\"apply\": true, \"size\": 8, \"scale\": [0.8]}",
        "\"RandomResizedCrop\": {\"apply\": true, \"size\": 8, \"scale\": [0.8, 0.2]}",
        "\"RandomResizedCrop\": {\"apply\": true, \"size\": -8, \"scale\": [0.2, 0.8]}",
        "\"RandomGaussianBlur\": {\"apply\": true, \"radius_min\": 3, \"radius_max\": 2, \"p\":"
            + " 0.5}",
        "\"ColorJitter\": {\"apply\": true, \"hue\": 0.6, \"p\": 1}",
        "\"RandomErasing\": {\"apply\": true, \"scale\": [0, 2], \"ratio\": [1, 2], \"p\": 1}",
        "\"MultiCrop\": {\"apply\": true, \"n_crops\": [2]}",
        "\"MultiCrop\": {\"apply\": true, \"n_crops\": [90], \"sizes\": [8], \"scales\": [[1, 1]]}"
      })
  void whatCannotWorkIsRefused(String transform) {
    refused(spec(transform, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"RandomGaussianBlur\": {\"apply\": true, \"radius_min\": 0, \"radius_max\": 2, \"p\":"
            + " 0.5}",
        "\"RandomErasing\": {\"apply\": true, \"scale\": [0, 1], \"ratio\": [1, 1], \"p\": 1}",
        "\"RandomResizedCrop\": {\"apply\": true, \"size\": 4096, \"scale\": [0.8, 1.2]}",
        "\"ColorJitter\": {\"apply\": true, \"hue\": 0.5, \"p\": 1}"
      })
  void whatAnExperimentFileMaySayIsNotRefused(String transform) {
    assertDoesNotThrow(() -> LoaderChecks.check(spec(transform, 4), Optional.empty()));
  }

  @Test
  void batchesOfNothingOrOfEverythingAreRefused() {
    refused(spec("\"Normalize\": true", 0));
    refused(spec("\"Normalize\": true", 1_000_000));
  }

  @Test
  void whatIsSwitchedOffIsNotChecked() {
    assertDoesNotThrow(
        () ->
            LoaderChecks.check(
                spec("\"Resize\": {\"apply\": false, \"height\": -1, \"width\": 0}", 4),
                Optional.empty()));
  }

  private static void refused(LoaderSpec spec) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> LoaderChecks.check(spec, Optional.empty()));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
  }

  private static LoaderSpec spec(String transform, int batchSize) {
    return new LoaderSpec(
        "id",
        Split.TRAIN,
        List.of(TestSets.transforms("{" + transform + "}")),
        batchSize,
        true,
        true,
        0);
  }
}
