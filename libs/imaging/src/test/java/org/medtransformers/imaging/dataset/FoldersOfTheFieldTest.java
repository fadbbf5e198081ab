package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Folders of images as archives, file servers and people leave them. */
class FoldersOfTheFieldTest extends ListedFiles {

  @ParameterizedTest
  @CsvSource({
    "Training, Testing, val",
    "TRAIN, TEST, Val",
    "train, testing, Valid",
    "Train, Test, VALIDATION"
  })
  void partsMayBeCalledSo(String train, String test, String val) throws IOException {
    for (String part : List.of(train, test, val)) {
      write("ImageFolder/" + part + "/a/1.png", "ImageFolder/" + part + "/b/2.png");
    }
    DatasetListing listing = folders();
    assertEquals(List.of("a", "b"), listing.description().classes());
    assertEquals("official", listing.splits().scheme().kind());
    assertEquals(train + "/a/1.png", listing.samples().get(listing.splits().train().get(0)).id());
    assertEquals(val + "/a/1.png", listing.samples().get(listing.splits().val().get(0)).id());
    assertEquals(test + "/a/1.png", listing.samples().get(listing.splits().test().get(0)).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train,Training,test",
        "train,test,labels",
        "train_images,test_images",
        "Train,val",
        "test,x",
        "Training Set,Test Set",
        "train,test,val,valid",
        "validation,testing",
        "training,a,b"
      })
  void otherFoldersOfPartsAreNoClasses(String folders) throws IOException {
    for (String folder : folders.split(",", -1)) {
      write("ImageFolder/" + folder + "/a/1.png", "ImageFolder/" + folder + "/b/2.png");
    }
    refused(
        DatasetName.IMAGE_FOLDER,
        "{}",
        ErrorCode.DATASET_INVALID,
        "has the folders [",
        "allowed are train (or training), test (or testing)");
  }

  @Test
  void partsBelowClassesAreRefusedAndClassesMayBeCalledSoWhereGiven() throws IOException {
    write("ImageFolder/a/train/1.png", "ImageFolder/b/test/2.png");
    refused(
        DatasetName.IMAGE_FOLDER,
        "{}",
        ErrorCode.DATASET_INVALID,
        "has the folder a/train; allowed");
    write("own/test/1.png", "own/control/2.png");
    assertEquals(
        List.of("control", "test"),
        list(
                DatasetName.IMAGE_FOLDER,
                "{'image_folder': {'folder': 'own', 'classes': ['control', 'test']}}")
            .description()
            .classes());
  }

  @Test
  void whatSystemsLeaveBehindIsNoClassAndNoImage() throws IOException {
    write("ImageFolder/a/1.png", "ImageFolder/b/2.png", "ImageFolder/a/@eaDir/1.png/THUMB.jpg");
    write("ImageFolder/__MACOSX/a/._1.png", "ImageFolder/@eaDir/x.jpg", "ImageFolder/.git/x.png");
    write("ImageFolder/$RECYCLE.BIN/x.png", "ImageFolder/System Volume Information/x.png");
    write("ImageFolder/a/Thumbs.db", "ImageFolder/b/desktop.ini", "ImageFolder/b/.DS_Store");
    write("ImageFolder/b/._2.png", "ImageFolder/b/DICOMDIR", "ImageFolder/Thumbs.db");
    Files.createDirectories(location.resolve("ImageFolder/lost+found"));
    DatasetListing listing = folders();
    assertEquals(List.of("a/1.png", "b/2.png"), ids(listing));
    assertEquals(List.of("a", "b"), listing.description().classes());
    notices(listing);
  }

  @Test
  void foldersWithoutImagesAreNoClassesAndLooseImagesAreTold() throws IOException {
    write("ImageFolder/a/1.png", "ImageFolder/b/2.png", "ImageFolder/notes/read.txt");
    write("ImageFolder/loose.png");
    Files.createDirectories(location.resolve("ImageFolder/empty/deep"));
    notices(
        folders(),
        "folders without any image, which are no classes: 2 (empty, notes)",
        "images in no class folder, which are not used: 1 (loose.png)");
    assertEquals(List.of("a", "b"), folders().description().classes());
    write("own/train/a/1.png", "own/train/b/2.png", "own/test/b/3.png", "own/test/4.png");
    Files.createDirectories(location.resolve("own/test/a"));
    Files.createDirectories(location.resolve("own/train/c"));
    Files.createDirectories(location.resolve("own/docs"));
    DatasetListing parts = list(DatasetName.IMAGE_FOLDER, "{'image_folder': {'folder': 'own'}}");
    assertEquals(List.of("a", "b"), parts.description().classes());
    notices(
        parts,
        "folders without any image, which are no classes: 1 (c)",
        "images in no class folder, which are not used: 1 (test/4.png)");
  }

  @Test
  void partWithoutImagesIsRefusedBeforeAnythingIsRead() throws IOException {
    write("ImageFolder/train/a/1.png", "ImageFolder/train/b/2.png");
    Files.createDirectories(location.resolve("ImageFolder/test/a"));
    DatasetListing listing = folders();
    for (boolean trained : List.of(true, false)) {
      MedtransException e =
          assertThrows(MedtransException.class, () -> listing.requireParts(trained));
      assertEquals(ErrorCode.DATASET_INVALID, e.code());
      assertTrue(
          e.getMessage().contains("found 2 training, 0 validation and 0 test images"),
          e.getMessage());
    }
  }

  @Test
  void classesAndImagesAreOneInEitherFormOfUnicode() throws IOException {
    write("ImageFolder/train/N\u00E4vus/\u00E4.png", "ImageFolder/train/x/1.png");
    write("ImageFolder/test/Na\u0308vus/a\u0308.png", "ImageFolder/test/x/2.png");
    DatasetListing listing = folders();
    assertEquals(List.of("N\u00E4vus", "x"), listing.description().classes());
    assertEquals(
        List.of(
            "train/N\u00E4vus/\u00E4.png",
            "train/x/1.png",
            "test/N\u00E4vus/\u00E4.png",
            "test/x/2.png"),
        ids(listing));
    assertTrue(Files.exists(listing.samples().get(2).source().file()));
    write("own/N\u00E4vus/1.png", "own/Na\u0308vus/1.png", "own/Na\u0308vus/2.png", "own/x/3.png");
    DatasetListing both = list(DatasetName.IMAGE_FOLDER, "{'image_folder': {'folder': 'own'}}");
    assertEquals(List.of("N\u00E4vus", "x"), both.description().classes());
    assertEquals(4, both.samples().stream().map(Sample::id).distinct().count());
    assertEquals(4, both.samples().stream().map(s -> s.source().file()).distinct().count());
  }

  @Test
  void nameThatIsNotUtf8IsNamed() throws Exception {
    write("ImageFolder/a/1.png", "ImageFolder/b/2.png");
    Process touch =
        new ProcessBuilder("bash", "-c", "touch $'ImageFolder/a/caf\\xe9.png'")
            .directory(location.toFile())
            .start();
    assumeTrue(touch.waitFor() == 0, "this file system has no names that are not UTF-8");
    refused(
        DatasetName.IMAGE_FOLDER, "{}", ErrorCode.DATASET_INVALID, "caf\uFFFD.png' is not UTF-8");
  }

  @Test
  void numberedFoldersAreOrderedByValue() throws IOException {
    write("ImageFolder/10/1.png", "ImageFolder/9/2.png", "ImageFolder/2/3.png");
    assertEquals(List.of("2", "9", "10"), folders().description().classes());
    write("own/Grade 2/1.png", "own/Grade 10/2.png", "own/Grade 1/2.png");
    assertEquals(
        List.of("Grade 1", "Grade 2", "Grade 10"),
        list(DatasetName.IMAGE_FOLDER, "{'image_folder': {'folder': 'own'}}")
            .description()
            .classes());
  }
}
