package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.phantom.PhantomDataset;

/** What a path means that nobody has described. */
class RecognitionTest {
  @TempDir Path folder;

  private void write(String... paths) throws IOException {
    for (String path : paths) {
      Files.createDirectories(folder.resolve(path).getParent());
      Files.writeString(folder.resolve(path), "no image");
    }
  }

  private Recognised recognised(String path) throws IOException {
    return Recognition.of(folder.resolve(path).toRealPath(), link -> false);
  }

  private String refused(String path) {
    MedtransException refused =
        assertThrows(MedtransException.class, () -> recognised(path).list(link -> false));
    assertEquals(ErrorCode.DATASET_INVALID, refused.code());
    return refused.getMessage();
  }

  @Test
  void foldersByClassAreAnImageFolderWhereTheyLie() throws IOException {
    write("mine/benign/1.png", "mine/malignant/2.png", "mine/groups.csv", "mine/README.md");
    Files.writeString(folder.resolve("mine/groups.csv"), "image,group\nbenign/1.png,P1\n");
    Recognised set = recognised("mine");
    assertEquals(DatasetName.IMAGE_FOLDER, set.name());
    assertEquals("mine", set.title());
    DatasetListing listing = set.list(link -> false);
    assertEquals(List.of("benign", "malignant"), listing.description().classes());
    assertEquals("P1", listing.samples().get(0).group());
  }

  @ParameterizedTest
  @CsvSource({"',', label", "';', Diagnosis", "'\t', whatever"})
  void aTableOfImagesIsCsvByItsValuesNotItsNames(String separator, String label)
      throws IOException {
    write("set/pictures/a.png", "set/pictures/b.png");
    Files.writeString(
        folder.resolve("set/table.csv"),
        String.join(separator, "where", label, "patient_id")
            + "\npictures/a.png"
            + String.join(separator, "", "ill", "P1")
            + "\npictures/b.png"
            + String.join(separator, "", "well", "P2")
            + "\n");
    OwnData.Csv own = (OwnData.Csv) recognised("set").own();
    assertEquals("where", own.imageColumn());
    assertEquals(List.of(label), own.labelColumns());
    assertEquals("patient_id", own.groupColumn());
    assertEquals(2, recognised("set/table.csv").list(link -> false).samples().size());
  }

  @Test
  void severalColumnsThatMayBeTheClassAreNamed() throws IOException {
    write("a.png");
    Files.writeString(folder.resolve("t.csv"), "image,finding,grade\na.png,x,1\n");
    assertTrue(refused("").contains("any of [finding, grade]; allowed"), refused(""));
    Files.writeString(folder.resolve("t.csv"), "image,age,sex\na.png,40,f\n");
    assertTrue(refused("t.csv").contains("any of [age, sex]"), refused("t.csv"));
  }

  @Test
  void aTableWithoutImagesIsNamedWhereThereIsNothingElse() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "image,label\ngone.png,1\n");
    assertTrue(
        refused("").contains("has t.csv with no column whose values are files"), refused(""));
    assertTrue(refused("t.csv").contains("only [image, label]"), refused("t.csv"));
  }

  @Test
  void publishedLayoutsAreFoundByTheirNameAlone() throws IOException {
    new PhantomDataset(10, 32, 1).write(folder);
    for (String path : List.of("APTOS2019", "")) {
      Recognised set = recognised(path);
      assertEquals(DatasetName.APTOS2019, set.name());
      assertEquals(folder.toRealPath(), set.location());
      assertEquals(10, set.list(link -> false).samples().size());
    }
    Files.move(folder.resolve("APTOS2019"), folder.resolve("eyes"));
    assertTrue(refused("eyes").contains("Rename it to APTOS2019"), refused("eyes"));
  }

  @Test
  void severalDataSetsAreNamedAndRefused() throws IOException {
    write("a.npz", "b.npz");
    assertTrue(refused("").contains("holds 2 data sets: a.npz is a file of MedMNIST; b.npz"));
    assertEquals(DatasetName.MED_MNIST, recognised("a.npz").name());
  }

  @Test
  void whatIsNothingOfAllThisIsToldWhatWouldBe() throws IOException {
    write("notes.txt");
    Files.createDirectories(folder.resolve("empty"));
    for (String path : List.of("notes.txt", "empty")) {
      assertTrue(refused(path).contains("understood are: a folder for each class"), refused(path));
    }
    write("one/only/1.png");
    assertTrue(
        refused("one").contains("1 different classes (only), allowed are 2"), refused("one"));
  }
}
