package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;

/** What the experiment file makes a data set be called. */
class DatasetTitleTest {
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json.replace('\'', '"')));
  }

  private String title() {
    return ExperimentFile.read(document).runs().get(0).dataset();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DDSM | /data | {} | DDSM",
        "MedMNIST | /data | {'medmnist': {'file': 'breastmnist.npz'}} | MedMNIST: breastmnist",
        "MedMNIST | /data | {'medmnist': {'file': 'breastmnist_64.npz'}} | MedMNIST:"
            + " breastmnist_64",
        "ImageFolder | /data | {} | ImageFolder",
        "ImageFolder | /data | {'image_folder': {'folder': 'lungs'}} | lungs",
        "ImageFolder | /data/eyes/ | {'image_folder': {'folder': '.'}} | eyes",
        "ImageFolder | /data/eyes | {'image_folder': {'folder': 'left/../right/2024/'}} | 2024",
        "CSV | /data/lungs/. | {'csv': {'file': 'a.csv', 'image_column': 'i', 'label_columns':"
            + " ['l'], 'folder': '.'}} | lungs",
        "DICOM | /data | {'dicom': {'csv': 'a.csv', 'id_column': 'i', 'label_column': 'l',"
            + " 'folder': 'chest'}} | chest",
      })
  void aDataSetIsCalledWhatTellsItFromOthersOfItsKind(
      String dataset, String location, String medtrans, String title) {
    set("dataset_params.dataset", "'" + dataset + "'");
    set("dataset_params.data_location", "'" + location + "'");
    set("medtrans", medtrans);
    assertEquals(title, title());
    set("dataset_params.name", "'Münster 2024 (left)'");
    assertEquals("Münster 2024 (left)", title());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a\\nb", "a|b", "a&b", "a\\u0000"})
  void aNameThatNoTableHoldsIsRefused(String name) {
    set("dataset_params.name", "'" + name + "'");
    MedtransException e = assertThrows(MedtransException.class, this::title);
    assertEquals("dataset_params.name: found", e.getMessage().substring(0, 26));
  }

  /** Two sets are two columns, so that their rows need no more names. */
  @Test
  void setsOfOneKindMakeNoRows() {
    set("dataset_params.dataset", "'ImageFolder'");
    set(
        "experiment",
        "{'matrix': [[{'label': 'A', 'set': {'medtrans.image_folder.folder': 'eyes'}},"
            + " {'label': 'B', 'set': {'medtrans.image_folder.folder': 'lungs'}}]]}");
    List<PlannedRun> runs = ExperimentFile.read(document).runs();
    assertEquals(List.of("eyes", "lungs"), runs.stream().map(PlannedRun::dataset).toList());
    assertEquals(1, runs.stream().map(PlannedRun::initialisation).distinct().count());
  }

  /** What has one name may have one column, where settings must not be mixed. */
  @Test
  void setsOfOneNameKeepTheirRowsApart() {
    set("dataset_params.dataset", "'ImageFolder'");
    set(
        "experiment",
        "{'matrix': [[{'label': 'A', 'set': {'dataset_params.data_location': '/a'}},"
            + " {'label': 'B', 'set': {'dataset_params.data_location': '/b'}}]]}");
    List<PlannedRun> runs = ExperimentFile.read(document).runs();
    assertEquals(2, runs.stream().map(PlannedRun::initialisation).distinct().count());
  }
}
