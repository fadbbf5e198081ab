package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Data sets of whose images nobody has published anything. */
class OwnDatasetsTest {
  @TempDir Path location;

  @Test
  void aFolderPerClassIsReadInTheOrderOfNamesWhateverIsHidden() throws IOException {
    write("ImageFolder/nevus/b.jpg", "ImageFolder/nevus/2020/a.png", "ImageFolder/benign/x.pgm");
    write("ImageFolder/melanoma/m.dcm", "ImageFolder/.git/config", "ImageFolder/nevus/.DS_Store");
    write("ImageFolder/nevus/.cache/a.png", "ImageFolder/nevus/README.txt", "ImageFolder/x.png");
    DatasetListing listing = list(DatasetName.IMAGE_FOLDER, "{}");
    assertEquals(List.of("benign", "melanoma", "nevus"), listing.description().classes());
    assertEquals(
        List.of("benign/x.pgm", "melanoma/m.dcm", "nevus/2020/a.png", "nevus/b.jpg"), ids(listing));
    assertEquals(List.of(List.of(0), List.of(1), List.of(2), List.of(2)), classes(listing));
    assertEquals(Task.MULTI_CLASS, listing.description().task());
    assertEquals(TargetMetric.RECALL, listing.description().targetMetric());
    assertEquals(3, listing.description().channels());
    assertEquals(List.of(), listing.description().mean());
  }

  @Test
  void foldersOfPartsAreTheSplitAndTwoClassesHaveOneLogit() throws IOException {
    write(
        "ImageFolder/train/no/a.png", "ImageFolder/train/yes/b.png", "ImageFolder/test/yes/c.png");
    write("ImageFolder/valid/no/d.png");
    DatasetListing listing =
        list(
            DatasetName.IMAGE_FOLDER,
            """
            {"image_folder": {"channels": 1, "mean": [0.5], "std": [0.25], "target_metric": "recall"}}
            """);
    assertEquals(
        List.of("train/no/a.png", "train/yes/b.png", "valid/no/d.png", "test/yes/c.png"),
        ids(listing));
    assertEquals(List.of(0, 1), listing.splits().train());
    assertEquals(List.of(2), listing.splits().val());
    assertEquals(List.of(3), listing.splits().test());
    assertEquals(Task.BINARY, listing.description().task());
    assertEquals(TargetMetric.RECALL, listing.description().targetMetric());
    assertEquals(List.of(0.25), listing.description().std());
  }

  @Test
  void foldersThatAreNoDataSetAreRefused() throws IOException {
    write("ImageFolder/only/a.png");
    refused(DatasetName.IMAGE_FOLDER, "{}", ErrorCode.DATASET_INVALID, "1 different classes");
    write("ImageFolder/other/b.txt", "ImageFolder/only/a.png");
    Files.delete(location.resolve("ImageFolder/only/a.png"));
    refused(DatasetName.IMAGE_FOLDER, "{}", ErrorCode.DATASET_INVALID, "has no image");
    refused(
        DatasetName.IMAGE_FOLDER,
        "{\"image_folder\": {\"folder\": \"../elsewhere\"}}",
        ErrorCode.PATH_NOT_ALLOWED,
        "not a folder inside");
    write("own/train/a/x.png", "own/train/b/y.png", "own/val/a/z.png");
    refused(
        DatasetName.IMAGE_FOLDER,
        "{\"image_folder\": {\"folder\": \"own\"}}",
        ErrorCode.DATASET_INVALID,
        "has the folders [train, val]");
  }

  @Test
  void metricsThatTheTaskDoesNotHaveAreRefused() throws IOException {
    write("ImageFolder/a/x.png", "ImageFolder/b/y.png");
    refused(
        DatasetName.IMAGE_FOLDER,
        "{\"image_folder\": {\"target_metric\": \"cohen_kappa\"}}",
        ErrorCode.INVALID_REQUEST,
        "medtrans.image_folder.target_metric: found cohen_kappa");
    refused(
        DatasetName.IMAGE_FOLDER,
        "{\"image_folder\": {\"mean\": [0.5], \"std\": [0.5]}}",
        ErrorCode.INVALID_REQUEST,
        "one number for each of 3 channels");
  }

  @Test
  void aLinkToAParentFolderEndsInAnError() throws IOException {
    write("ImageFolder/a/x.png", "ImageFolder/b/y.png");
    Files.createSymbolicLink(
        location.resolve("ImageFolder/a/again"), location.resolve("ImageFolder"));
    refused(DatasetName.IMAGE_FOLDER, "{}", ErrorCode.DATASET_INVALID, "cannot be listed");
  }

  @Test
  void aLinkOutOfTheDataIsNotFollowed(@TempDir Path elsewhere) throws IOException {
    write("ImageFolder/a/x.png", "ImageFolder/b/y.png");
    Path target = Files.writeString(elsewhere.resolve("secret.png"), "x");
    Path link = location.resolve("ImageFolder/a/link.png");
    Files.createSymbolicLink(link, target);
    Path listed = list(DatasetName.IMAGE_FOLDER, "{}").samples().get(0).source().file();
    assertEquals(realLocation().resolve("ImageFolder/a/link.png"), listed);
    Files.createSymbolicLink(location.resolve("ImageFolder/c"), elsewhere);
    refused(
        DatasetName.IMAGE_FOLDER, "{}", ErrorCode.PATH_NOT_ALLOWED, "outside the allowed roots");
  }

  @Test
  void severalLabelColumnsAreFindings() throws IOException {
    text(
        "CSV/labels.csv",
        """
        \uFEFFimage,"effusion",mass,nodule,patient\r
        "a,
        1.png",1,0,1.0,p1\r
        b.png,0,0,0,p2\r
        """);
    DatasetListing listing =
        list(DatasetName.CSV, CSV.formatted("\"effusion\", \"mass\", \"nodule\""));
    assertEquals(List.of(List.of(0, 2), List.of()), classes(listing));
    assertEquals(List.of("a,\n1.png", "b.png"), ids(listing));
    assertEquals(List.of("p1", "p2"), listing.samples().stream().map(Sample::group).toList());
    assertEquals(Task.MULTI_LABEL, listing.description().task());
    assertEquals(TargetMetric.ROC_AUC, listing.description().targetMetric());
    assertEquals(3, listing.description().outputs());
    for (String value : List.of("2", "", "yes", "-1", "0.5")) {
      text("CSV/labels.csv", "image,effusion,mass,nodule,patient\nb.png,0," + value + ",0,p\n");
      refused(
          DatasetName.CSV,
          CSV.formatted("\"effusion\", \"mass\", \"nodule\""),
          ErrorCode.LABEL_OUT_OF_RANGE,
          "id b.png: label is '" + value + "', allowed are 0 and 1 in column mass");
    }
  }

  @Test
  void oneLabelColumnNamesClassesAndNumbersAreOrderedByValue() throws IOException {
    text("CSV/labels.csv", "image,grade,patient\na.png,10,p\nb.png,9,p\nc.png,2,q\n");
    DatasetListing listing = list(DatasetName.CSV, CSV.formatted("\"grade\""));
    assertEquals(List.of("2", "9", "10"), listing.description().classes());
    assertEquals(List.of(List.of(2), List.of(1), List.of(0)), classes(listing));
    text("CSV/labels.csv", "image,grade,patient\na.png,,p\n");
    refused(DatasetName.CSV, CSV.formatted("\"grade\""), ErrorCode.LABEL_OUT_OF_RANGE, "id a.png");
    text("CSV/labels.csv", "image,patient\na.png,p\n");
    refused(
        DatasetName.CSV, CSV.formatted("\"grade\""), ErrorCode.DATASET_INVALID, "no column grade");
    text("CSV/labels.csv", "image,grade,patient\n../../a.png,1,p\nb.png,2,p\n");
    refused(DatasetName.CSV, CSV.formatted("\"grade\""), ErrorCode.PATH_NOT_ALLOWED, "../../a.png");
  }

  /** So that other images can be shown to a model that numbers its classes in another way. */
  @Test
  void classesMayBeGivenInTheOrderOfTheirNumbers() throws IOException {
    write("ImageFolder/cancer/1.png", "ImageFolder/normal/2.png");
    String folder = "{\"image_folder\": {\"classes\": [%s]}}";
    DatasetListing listing =
        list(DatasetName.IMAGE_FOLDER, folder.formatted("\"normal\", \"cancer\""));
    assertEquals(List.of("normal", "cancer"), listing.description().classes());
    assertEquals(List.of(List.of(1), List.of(0)), classes(listing));
    String three = "\"benign\", \"normal\", \"cancer\"";
    assertEquals(
        Task.MULTI_CLASS,
        list(DatasetName.IMAGE_FOLDER, folder.formatted(three)).description().task());
    refused(
        DatasetName.IMAGE_FOLDER,
        folder.formatted("\"normal\", \"benign\""),
        ErrorCode.LABEL_OUT_OF_RANGE,
        "has class 'cancer', allowed are [normal, benign]");
    refused(
        DatasetName.IMAGE_FOLDER,
        folder.formatted("\"normal\", \"normal\""),
        ErrorCode.INVALID_REQUEST,
        "allowed: each once");
    text("CSV/labels.csv", "image,grade,patient\na.png,10,p\nb.png,9,p\n");
    String csv = CSV.replace("}}", ", \"classes\": [\"10\", \"9\"]}}");
    assertEquals(
        List.of("10", "9"),
        list(DatasetName.CSV, csv.formatted("\"grade\"")).description().classes());
    text("CSV/labels.csv", "image,effusion,mass,patient\na.png,1,0,p\n");
    refused(
        DatasetName.CSV,
        csv.formatted("\"effusion\", \"mass\""),
        ErrorCode.INVALID_REQUEST,
        "medtrans.csv.classes");
  }

  @Test
  void subgroupsAreColumnsOfTheLabelFile() throws IOException {
    String labels = "file,finding,patient,sex,age\na.png,x,p1,female,61\nb.png,y,p2,,\n";
    String columns = ", \"subgroup_columns\": [\"sex\", \"age\"]}}";
    text("CSV/labels.csv", labels.replace("file", "image"));
    text("DICOM/labels.csv", labels);
    String csv = CSV.formatted("\"finding\"").replace("}}", columns);
    for (DatasetListing listing :
        List.of(
            list(DatasetName.CSV, csv), list(DatasetName.DICOM, DICOM.replace("}}", columns)))) {
      assertEquals(
          List.of(Map.of("age", "61", "sex", "female"), Map.of()),
          listing.samples().stream().map(Sample::attributes).toList());
    }
    text("CSV/labels.csv", "image,finding,patient,sex\na.png,x,p1,female\n");
    refused(DatasetName.CSV, csv, ErrorCode.DATASET_INVALID, "no column age");
    StringBuilder many = new StringBuilder("image,finding,patient,sex,age\n");
    IntStream.range(0, 101).forEach(i -> many.append(i + ".png,%d,p,f,%d\n".formatted(i % 2, i)));
    text("CSV/labels.csv", many.toString());
    assertEquals(101, list(DatasetName.CSV, csv).samples().size(), "ages come in bands");
    refused(
        DatasetName.CSV,
        csv.replace("\"sex\"", "\"image\""),
        ErrorCode.DATASET_INVALID,
        "has 101 different values in column image, allowed for subgroup_columns are 100");
  }

  private static final String CSV =
      "{\"csv\": {\"file\": \"labels.csv\", \"image_column\": \"image\", \"group_column\":"
          + " \"patient\", \"label_columns\": [%s]}}";

  @Test
  void dicomFilesAreFoundByPathOrByNameAnywhere() throws IOException {
    write("DICOM/s1/one.dcm", "DICOM/s1/two", "DICOM/deep/er/three.dcm");
    text("DICOM/labels.csv", "sop;view,path\n");
    text(
        "DICOM/labels.csv",
        """
        file,finding,patient
        s1/one,benign,p1
        s1/two,malignant,p2
        three,benign,p2
        four,benign,
        """);
    DatasetListing listing = list(DatasetName.DICOM, DICOM);
    assertEquals(
        List.of("DICOM/s1/one.dcm", "DICOM/s1/two", "DICOM/deep/er/three.dcm", "DICOM/four.dcm"),
        listing.samples().stream()
            .map(s -> realLocation().relativize(s.source().file()).toString())
            .toList());
    assertEquals(List.of(0, 1, 0, 0), classes(listing).stream().map(c -> c.get(0)).toList());
    assertEquals(
        List.of("p1", "p2", "p2", ""), listing.samples().stream().map(Sample::group).toList());
    assertEquals(1, listing.description().channels());
    write("DICOM/another/three.dcm");
    refused(DatasetName.DICOM, DICOM, ErrorCode.DATASET_INVALID, "several files for id three");
  }

  private static final String DICOM =
      "{\"dicom\": {\"csv\": \"labels.csv\", \"id_column\": \"file\", \"label_column\":"
          + " \"finding\", \"group_column\": \"patient\"}}";

  private Path realLocation() {
    try {
      return location.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ids(DatasetListing listing) {
    return listing.samples().stream().map(Sample::id).toList();
  }

  private static List<List<Integer>> classes(DatasetListing listing) {
    return listing.samples().stream().map(Sample::classes).toList();
  }

  private DatasetListing list(DatasetName name, String medtrans) {
    return DatasetSource.list(
        name,
        location,
        Json.read(medtrans, RunConfig.Medtrans.class),
        path -> false,
        new Downloads(location, (file, done, total) -> {}));
  }

  private void refused(DatasetName name, String medtrans, ErrorCode code, String part) {
    MedtransException e = assertThrows(MedtransException.class, () -> list(name, medtrans));
    assertEquals(code, e.code(), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      text(name, "x");
    }
  }

  private void text(String name, String text) throws IOException {
    Path file = location.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
