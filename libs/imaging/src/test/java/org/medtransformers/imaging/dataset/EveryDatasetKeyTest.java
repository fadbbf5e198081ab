package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Of every key that says what a data set is and how it is divided: another value, and the same
 * files are other images, classes, groups or parts. What each value does is tested elsewhere; here
 * a key that nobody reads would be found.
 */
class EveryDatasetKeyTest extends ListedFiles {
  private static final String SPLIT = "{'split': {'kind': 'seed-compatible'}, 'method': '%s', ";
  private static final String LABELS =
      """
      image,other,finding,second,patient,sex,clinic
      a1.png,c1.png,0,1,p1,f,x
      a2.png,c2.png,1,0,p1,m,x
      a3.png,c3.png,0,0,p2,f,y
      a4.png,c4.png,1,1,p3,m,z
      """;

  @BeforeEach
  void files() throws IOException {
    for (String folder : List.of("CSV", "DICOM", "elsewhere")) {
      text(folder + "/labels.csv", LABELS);
      text(folder + "/fewer.csv", LABELS.substring(0, LABELS.indexOf("a4.png")));
    }
    for (String folder : List.of("ImageFolder", "elsewhere")) {
      for (int i = 0; i < 10; i++) {
        write("%s/cats/p%d_%d.png".formatted(folder, i / 2, i));
        write("%s/dogs/p%d_%d.png".formatted(folder, i, i));
      }
    }
    write("elsewhere/cats/p9_11.png");
    for (String part : List.of("train", "val", "test")) {
      text(
          "DDSM/ddsm_raw_image_lists/" + part + ".txt",
          "normal_%1$s.png\nbenign_%1$s.png\n".formatted(part) + "cancer_%s.png\n".formatted(part));
      text("DDSM/ddsm_labels/2class/" + part + ".txt", part + "/a.png 0\n" + part + "/b.png 1\n");
    }
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (String part : List.of("train", "val", "test")) {
      arrays.put(part + "_images", NpzBytes.npy("|u1", "(2, 2, 3)", new byte[12]));
      arrays.put(part + "_labels", NpzBytes.npy("|u1", "(2, 1)", new byte[] {0, 1}));
    }
    byte[] file = NpzBytes.zip(arrays);
    for (String name : List.of("MedMNIST/one.npz", "MedMNIST/two.npz", "elsewhere/one.npz")) {
      Path path = location.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          image_folder.folder           | 'elsewhere'
          image_folder.channels         | 1
          image_folder.classes          | ['dogs', 'cats']
          image_folder.labels           | 'none'
          image_folder.mean             | [0.4, 0.5, 0.6]
          image_folder.std              | [0.4, 0.5, 0.6]
          image_folder.target_metric    | 'recall'
          split.kind                    | 'kfold'
          split.group_pattern           | '(?<group>p[0-9]+)'
          split.train_fraction          | 0.5
          """)
  void ofFoldersPerClass(String key, String value) {
    String method = key.endsWith("labels") ? "dino" : "supervised";
    assertDiffers(
        DatasetName.IMAGE_FOLDER,
        SPLIT.formatted(method)
            + "'image_folder': {'mean': [0.5, 0.5, 0.5], 'std': [0.5, 0.5, 0.5]}}",
        key,
        value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          grouped | split.fractions | [0.5, 0.2, 0.3]
          grouped | split.seed      | 7
          kfold   | split.seed      | 7
          kfold   | split.folds     | 4
          kfold   | split.fold      | 2
          """)
  void ofSplits(String kind, String key, String value) {
    String keys =
        kind.equals("grouped") ? "'fractions': [0.7, 0.15, 0.15]" : "'folds': 5, 'fold': 1";
    assertDiffers(
        DatasetName.IMAGE_FOLDER,
        "{'split': {'kind': '%s', %s}}".formatted(kind, keys),
        key,
        value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          csv.file               | 'fewer.csv'
          csv.folder             | 'elsewhere'
          csv.image_column       | 'other'
          csv.label_columns      | ['second']
          csv.group_column       | 'clinic'
          csv.subgroup_columns   | ['clinic']
          csv.classes            | ['1', '0']
          csv.channels           | 1
          csv.mean               | [0.4, 0.5, 0.6]
          csv.std                | [0.4, 0.5, 0.6]
          csv.target_metric      | 'recall'
          """)
  void ofTables(String key, String value) {
    assertDiffers(
        DatasetName.CSV,
        SPLIT.formatted("supervised")
            + "'csv': {'file': 'labels.csv', 'image_column': 'image',"
            + " 'label_columns': ['finding'], 'group_column': 'patient',"
            + " 'subgroup_columns': ['sex'], 'mean': [0.5, 0.5, 0.5], 'std': [0.5, 0.5, 0.5]}}",
        key,
        value);
  }

  /** It names the groups where the data set has none of its own. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = "split.group_column | 'clinic'")
  void ofLabelFiles(String key, String value) throws IOException {
    text("APTOS2019/train.csv", "id_code,diagnosis,clinic\na,0,X\nb,1,X\nc,2,Y\n");
    assertDiffers(DatasetName.APTOS2019, "{'split': {'kind': 'seed-compatible'}}", key, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dicom.csv              | 'fewer.csv'
          dicom.folder           | 'elsewhere'
          dicom.id_column        | 'other'
          dicom.label_column     | 'second'
          dicom.group_column     | 'clinic'
          dicom.subgroup_columns | ['clinic']
          dicom.classes          | ['1', '0']
          dicom.channels         | 3
          dicom.mean             | [0.4]
          dicom.std              | [0.4]
          dicom.target_metric    | 'recall'
          """)
  void ofDicomFiles(String key, String value) {
    String own = key.endsWith("channels") ? "" : ", 'mean': [0.5], 'std': [0.5]";
    assertDiffers(
        DatasetName.DICOM,
        SPLIT.formatted("supervised")
            + "'dicom': {'csv': 'labels.csv', 'id_column': 'image', 'label_column': 'finding',"
            + " 'group_column': 'patient', 'subgroup_columns': ['sex']"
            + own
            + "}}",
        key,
        value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          medmnist.file          | 'two.npz'
          medmnist.folder        | 'elsewhere'
          medmnist.channels      | 3
          medmnist.mean          | [0.4]
          medmnist.std           | [0.4]
          medmnist.target_metric | 'recall'
          """)
  void ofFilesOfMedMnist(String key, String value) {
    String own = key.endsWith("channels") ? "" : ", 'mean': [0.5], 'std': [0.5]";
    assertDiffers(
        DatasetName.MED_MNIST,
        SPLIT.formatted("supervised") + "'medmnist': {'file': 'one.npz'" + own + "}}",
        key,
        value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ddsm.mode    | 'patches'
          ddsm.classes | 3
          """)
  void ofDdsm(String key, String value) {
    assertDiffers(
        DatasetName.DDSM,
        SPLIT.formatted("supervised") + "'ddsm': {'mode': 'whole', 'classes': 2}}",
        key,
        value);
  }

  private void assertDiffers(DatasetName name, String medtrans, String key, String value) {
    ObjectNode options = (ObjectNode) Json.parse(medtrans.replace('\'', '"'));
    List<Object> before = found(list(name, options.toString()));
    assertEquals(before, found(list(name, options.toString())));
    String[] path = key.split("\\.", -1);
    options.withObjectProperty(path[0]).set(path[1], Json.parse(value.replace('\'', '"')));
    if (key.equals("split.kind")) {
      options.withObjectProperty("split").put("folds", 5).put("fold", 1);
    }
    assertNotEquals(before, changed(name, options));
  }

  /** Whatever is found, or why nothing is. */
  private List<Object> changed(DatasetName name, ObjectNode medtrans) {
    try {
      return found(list(name, medtrans.toString()));
    } catch (MedtransException e) {
      return List.of(e.getMessage());
    }
  }

  private static List<Object> found(DatasetListing listing) {
    return List.of(listing.description(), listing.samples(), listing.splits());
  }
}
