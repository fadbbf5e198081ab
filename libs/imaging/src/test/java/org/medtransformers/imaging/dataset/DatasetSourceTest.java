package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.DdsmMode;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;

class DatasetSourceTest {
  private static final String ISIC_HEADER = "image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK\n";

  private static final Downloads DOWNLOADS =
      new Downloads(Path.of("never-used"), (file, done, total) -> {});

  @TempDir Path location;

  @Test
  void aptosReadsQuotesByteOrderMarksAndWindowsLineEnds() throws IOException {
    write(
        "APTOS2019/train.csv", "\uFEFFid_code,diagnosis\r\n\"a,1\",2\r\n\r\n\"b\"\"q\", 0\r\nc,4");
    DatasetListing listing = list(DatasetName.APTOS2019);
    assertEquals(List.of("a,1", "b\"q", "c"), listing.samples().stream().map(Sample::id).toList());
    assertEquals(
        List.of(2, 0, 4), listing.samples().stream().flatMap(s -> s.classes().stream()).toList());
    assertEquals(
        location.toRealPath().resolve("APTOS2019/train_images/a,1.png"),
        listing.samples().get(0).source().file());
    assertNull(listing.leakingGroups());
    assertFalse(listing.description().synthetic());
  }

  @Test
  void markerMakesADataSetSynthetic() throws IOException {
    assertTrue(
        DatasetSource.list(
                DatasetName.APTOS2019,
                TestSets.phantom(location),
                TestSets.options("fail"),
                path -> false,
                DOWNLOADS)
            .description()
            .synthetic());
  }

  @Test
  void labelOutOfRangeNamesFileAndId() throws IOException {
    for (String label : List.of("5", "-1", "", "x", "1.5")) {
      write("APTOS2019/train.csv", "id_code,diagnosis\neye7," + label + "\n");
      MedtransException e = refused(DatasetName.APTOS2019, ErrorCode.LABEL_OUT_OF_RANGE);
      assertTrue(e.getMessage().contains("train.csv, line 2, id eye7: label is '" + label + "'"));
    }
  }

  @Test
  void malformedLabelFileIsRefused() throws IOException {
    refused(DatasetName.APTOS2019, ErrorCode.DATASET_INVALID);
    Files.createDirectories(location.resolve("APTOS2019"));
    refused(DatasetName.APTOS2019, ErrorCode.DATASET_INVALID);
    for (String csv :
        List.of(
            "",
            "id_code,grade\na,1\n",
            "id_code,diagnosis\n",
            "id_code,diagnosis\na,1\na,1\n",
            "id_code,diagnosis\na\n",
            "id_code,diagnosis\n\"a,1\n")) {
      write("APTOS2019/train.csv", csv);
      refused(DatasetName.APTOS2019, ErrorCode.DATASET_INVALID);
    }
  }

  @Test
  void idsCannotLeaveTheFolder() throws IOException {
    write("secret.png", "x");
    for (String id : List.of("../../secret", "../../../etc/passwd", "/etc/passwd")) {
      write("APTOS2019/train.csv", "id_code,diagnosis\n" + id + ",1\n");
      if (id.startsWith("/")) {
        // Appended to the image folder's name, it stays below it.
        assertTrue(
            list(DatasetName.APTOS2019)
                .samples()
                .get(0)
                .source()
                .file()
                .startsWith(location.toRealPath()));
      } else {
        refused(DatasetName.APTOS2019, ErrorCode.PATH_NOT_ALLOWED);
      }
    }
  }

  @Test
  void linkedImageIsReadWhereItsTargetMayBeRead(@TempDir Path elsewhere) throws IOException {
    Path target = Files.writeString(elsewhere.toRealPath().resolve("eye.png"), "x");
    write("APTOS2019/train.csv", "id_code,diagnosis\nlink,1\n");
    Path link = location.resolve("APTOS2019/train_images/link.png");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
    assertEquals(
        link.toRealPath(LinkOption.NOFOLLOW_LINKS),
        list(DatasetName.APTOS2019).samples().get(0).source().file());
    assertEquals(
        target, list(DatasetName.APTOS2019, target::equals).samples().get(0).source().file());

    write("raw/eye.png", "x");
    Files.delete(link);
    Files.createSymbolicLink(link, location.resolve("raw/eye.png"));
    assertEquals(
        location.toRealPath().resolve("raw/eye.png"),
        list(DatasetName.APTOS2019).samples().get(0).source().file());
  }

  @Test
  void linkedFolderIsReadWhereItsTargetMayBeRead(@TempDir Path elsewhere) throws IOException {
    Path target = elsewhere.toRealPath();
    Files.createSymbolicLink(location.resolve("APTOS2019"), target);
    write("APTOS2019/train.csv", "id_code,diagnosis\neye,1\n");
    MedtransException e = refused(DatasetName.APTOS2019, ErrorCode.PATH_NOT_ALLOWED);
    assertTrue(
        e.getMessage().contains("is a link that leads outside the allowed roots"), e.getMessage());
    assertFalse(e.getMessage().contains(target.toString()), e.getMessage());
    assertEquals(target, list(DatasetName.APTOS2019, path -> path.startsWith(target)).root());
  }

  @Test
  void isicReadsOneHotRowsLesionsAndPrefersPng() throws IOException {
    write(
        "ISIC2019/ISIC_2019_Training_GroundTruth.csv",
        ISIC_HEADER + "a,0.0,1.0,0,0,0,0,0,0,0.0\n" + "b,0,0,0,0,0,0,0,1,0\n");
    write(
        "ISIC2019/ISIC_2019_Training_Metadata.csv",
        "image,age_approx,anatom_site_general,lesion_id,sex\na,55,,L1,female\nb,,,,\n");
    write("ISIC2019/train/b.png", "");
    DatasetListing listing = list(DatasetName.ISIC2019);
    assertEquals(
        List.of(1, 7), listing.samples().stream().flatMap(s -> s.classes().stream()).toList());
    assertEquals(List.of("L1", ""), listing.samples().stream().map(Sample::group).toList());
    assertTrue(listing.samples().get(0).source().file().endsWith("train/a.jpg"));
    assertTrue(listing.samples().get(1).source().file().endsWith("train/b.png"));
    assertEquals(
        List.of(Map.of("age", "55", "sex", "female"), Map.of()),
        listing.samples().stream().map(Sample::attributes).toList());
    assertEquals(0, listing.leakingGroups());
    assertEquals(8, listing.description().outputs());
    assertEquals(TargetMetric.RECALL, listing.description().targetMetric());
  }

  @Test
  void groupsAreThoseOfTheColumnThatTheFileNames() throws IOException {
    write("APTOS2019/train.csv", "id_code,diagnosis,patient\na,0,P1\nb,1,P1\nc,2,\n");
    assertEquals(List.of("P1", "P1", ""), groups(DatasetName.APTOS2019, "patient"));
    assertRefused(DatasetName.APTOS2019, "eye", "there is no column eye, only [id_code");

    write("ISIC2019/ISIC_2019_Training_GroundTruth.csv", ISIC_HEADER + "a,0,1,0,0,0,0,0,0,0\n");
    write("ISIC2019/ISIC_2019_Training_Metadata.csv", "image,lesion_id,patient_id\na,L1,P7\n");
    assertEquals(List.of("P7"), groups(DatasetName.ISIC2019, "patient_id"));
    assertRefused(DatasetName.ISIC2019, "eye", "there is no column eye, only [image, lesion_id");

    write(
        "ISIC2019/ISIC_2019_Training_GroundTruth.csv",
        ISIC_HEADER.replace("UNK", "clinic") + "a,0,1,0,0,0,0,0,0,Oslo\n");
    assertEquals(List.of("Oslo"), groups(DatasetName.ISIC2019, "clinic"));

    write("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png\n");
    write("DDSM/ddsm_raw_image_lists/val.txt", "");
    write("DDSM/ddsm_raw_image_lists/test.txt", "");
    assertRefused(DatasetName.DDSM, "patient", "found patient, but no image of DDSM has a group");
  }

  private List<String> groups(DatasetName name, String column) {
    return DatasetSource.list(
            name, location, TestSets.split("group_column", column), p -> false, DOWNLOADS)
        .samples()
        .stream()
        .map(Sample::group)
        .toList();
  }

  private void assertRefused(DatasetName name, String column, String reason) {
    MedtransException e = assertThrows(MedtransException.class, () -> groups(name, column));
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void officialSplitIsKeptUnlessAnotherIsAskedFor() throws IOException {
    write("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png\nnormal_2.png\n");
    write("DDSM/ddsm_raw_image_lists/val.txt", "cancer_1.png\n");
    write("DDSM/ddsm_raw_image_lists/test.txt", "cancer_2.png\n");
    assertEquals("official", list(DatasetName.DDSM).splits().scheme().kind());
    DatasetListing fold =
        DatasetSource.list(
            DatasetName.DDSM,
            location,
            TestSets.split("kind", "kfold", "folds", 4, "fold", 0),
            p -> false,
            DOWNLOADS);
    assertEquals("kfold", fold.splits().scheme().kind());
    assertEquals(2, fold.splits().train().size());
    assertEquals(1, fold.splits().val().size());
    assertEquals(1, fold.splits().test().size());
  }

  @Test
  void splitThatNoFileCouldAskForIsRefused() throws IOException {
    write("APTOS2019/train.csv", "id_code,diagnosis\na,0\nb,1\nc,2\nd,3\n");
    assertThrows(UncheckedIOException.class, () -> TestSets.split("kind", "random"));
    for (RunConfig.Medtrans options :
        List.of(
            TestSets.split("kind", "grouped"),
            TestSets.split("kind", "grouped", "fractions", List.of(0.5, 0.5)),
            TestSets.split("kind", "grouped", "fractions", List.of(1.5, -1, 0.5)),
            TestSets.split("kind", "kfold", "folds", 3),
            TestSets.split("kind", "kfold", "folds", 3, "fold", -1))) {
      MedtransException e =
          assertThrows(
              MedtransException.class,
              () ->
                  DatasetSource.list(
                      DatasetName.APTOS2019, location, options, p -> false, DOWNLOADS));
      assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    }
  }

  @Test
  void isicRowsThatAreNotOneHotAreRefused() throws IOException {
    for (String row : List.of("0,0,0,0,0,0,0,0,1", "1,1,0,0,0,0,0,0,0", "0,0.5,0,0,0,0,0,0,0")) {
      write("ISIC2019/ISIC_2019_Training_GroundTruth.csv", ISIC_HEADER + "a," + row + "\n");
      refused(DatasetName.ISIC2019, ErrorCode.LABEL_OUT_OF_RANGE);
    }
  }

  @Test
  void ddsmTakesItsClassesFromNamesAndItsSplitFromLists() throws IOException {
    write("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png\nbenign_2.png\n\ncancer_3.png\n");
    write("DDSM/ddsm_raw_image_lists/val.txt", "cancer_4.png\n");
    write("DDSM/ddsm_raw_image_lists/test.txt", "normal_5.png\r\n");
    DatasetListing two = list(DatasetName.DDSM);
    assertEquals(
        List.of(0, 1, 1, 1, 0), two.samples().stream().flatMap(s -> s.classes().stream()).toList());
    assertEquals(Task.BINARY, two.description().task());
    assertEquals(1, two.description().outputs());
    assertEquals(List.of(3), two.splits().val());
    DatasetListing three =
        new Ddsm(DdsmMode.WHOLE, 3).list(DatasetFolder.open(location, "DDSM", path -> false));
    assertEquals(
        List.of(0, 1, 2, 2, 0),
        three.samples().stream().flatMap(s -> s.classes().stream()).toList());
    assertEquals(3, three.description().outputs());
  }

  @Test
  void ddsmNamesTheListThatRepeatsAnImage() throws IOException {
    write("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png\n");
    write("DDSM/ddsm_raw_image_lists/val.txt", "cancer_2.png\n");
    write("DDSM/ddsm_raw_image_lists/test.txt", "normal_3.png\nnormal_1.png\n");
    MedtransException e = refused(DatasetName.DDSM, ErrorCode.DATASET_INVALID);
    assertTrue(e.getMessage().endsWith("test.txt lists id normal_1.png twice"), e.getMessage());
  }

  @Test
  void ddsmWithoutAnyImageIsRefused() throws IOException {
    for (String part : List.of("train", "val", "test")) {
      write("DDSM/ddsm_raw_image_lists/" + part + ".txt", "\n");
    }
    refused(DatasetName.DDSM, ErrorCode.DATASET_INVALID);
  }

  @Test
  void ddsmPatchesNameTheirClassAndMayNameAFolderThatIsNotThere() throws IOException {
    for (String part : List.of("train", "val", "test")) {
      write("DDSM/ddsm_labels/3class/" + part + ".txt", part + "/a b.png 2\n");
    }
    write("DDSM/ddsm_labels/3class/val.txt", "lists/deep/c.jpg 0\r\nd.png 1");
    write("DDSM/ddsm_patches/train/a b.png", "");
    write("DDSM/ddsm_patches/deep/c.png", "");
    DatasetListing listing =
        new Ddsm(DdsmMode.PATCHES, 3).list(DatasetFolder.open(location, "DDSM", path -> false));
    assertEquals(
        List.of(List.of(2), List.of(0), List.of(1), List.of(2)),
        listing.samples().stream().map(Sample::classes).toList());
    assertTrue(listing.samples().get(0).source().file().endsWith("ddsm_patches/train/a b.png"));
    assertTrue(listing.samples().get(1).source().file().endsWith("ddsm_patches/deep/c.png"));
    assertTrue(listing.samples().get(2).source().file().endsWith("ddsm_patches/d.png"));
    assertEquals(List.of(1, 2), listing.splits().val());
    assertEquals(List.of(0.44), listing.description().mean());
    assertEquals(List.of(0.25), listing.description().std());
    for (String line : List.of("a.png 3", "a.png", "a.png x", "1")) {
      write("DDSM/ddsm_labels/3class/val.txt", line + "\n");
      assertEquals(
          ErrorCode.LABEL_OUT_OF_RANGE,
          assertThrows(
                  MedtransException.class,
                  () ->
                      new Ddsm(DdsmMode.PATCHES, 3)
                          .list(DatasetFolder.open(location, "DDSM", path -> false)))
              .code());
    }
  }

  private DatasetListing list(DatasetName name) {
    return list(name, path -> false);
  }

  private DatasetListing list(DatasetName name, Predicate<Path> allowed) {
    return DatasetSource.list(name, location, TestSets.options("fail"), allowed, DOWNLOADS);
  }

  private MedtransException refused(DatasetName name, ErrorCode code) {
    MedtransException e = assertThrows(MedtransException.class, () -> list(name));
    assertEquals(code, e.code(), e.getMessage());
    return e;
  }

  private void write(String name, String text) throws IOException {
    Path file = location.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
