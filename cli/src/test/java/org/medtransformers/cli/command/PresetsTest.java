package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.cli.document.DocumentFile;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;

class PresetsTest {
  @ParameterizedTest
  @ValueSource(strings = {"demo", "aptos2019-small", "isic2019-small", "ddsm-small"})
  void everyPresetComparesAResNetWithATransformerAndHasNothingToComplainOf(String name) {
    Path file = CommandTest.CHECKOUT.resolve("configs").resolve(name + ".json");
    Experiment experiment = ExperimentFile.read(DocumentFile.read(file));
    Set<String> backbones =
        experiment.runs().stream().map(PlannedRun::backbone).collect(Collectors.toSet());
    assertEquals(Set.of("resnet18", "deit_tiny"), backbones);
    assertEquals(name, experiment.name());
    assertEquals(0, experiment.notices().size(), experiment.notices()::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"medmnist-small", "image-folder-small", "dicom-small", "multi-label-small"})
  void everyKindOfOwnDataHasAFileWithNothingToComplainOf(String name) {
    Path file = CommandTest.CHECKOUT.resolve("configs").resolve(name + ".json");
    Experiment experiment = ExperimentFile.read(DocumentFile.read(file));
    assertEquals(name, experiment.name());
    assertEquals(0, experiment.notices().size(), experiment.notices()::toString);
  }
}
