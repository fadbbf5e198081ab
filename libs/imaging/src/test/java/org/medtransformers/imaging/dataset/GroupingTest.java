package org.medtransformers.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.error.ErrorCode;

/** Patients of data sets whose label files say nothing of them. */
class GroupingTest extends ListedFiles {
  private static final String PATTERN =
      "{'split': {'kind': 'seed-compatible', 'group_pattern': '%s'}}";

  @BeforeEach
  void imagesOfTwoPatients() throws IOException {
    write("ImageFolder/a/p1_1.png", "ImageFolder/a/p1_2.png", "ImageFolder/b/p2_1.png");
    write("ImageFolder/b/x.png");
  }

  @Test
  void fileBesideTheFoldersNamesGroupsByPathOrName() throws IOException {
    assertNull(folders().leakingGroups());
    text(
        "ImageFolder/groups.csv",
        "image;group\na/p1_1.PNG;P1\np1_2.png;P1\n.\\b\\p2_1.png;P2\nb/x.png;nan\n");
    DatasetListing listing = folders();
    assertEquals(List.of("P1", "P1", "P2", ""), groups(listing));
    notices(listing, "images without a group, each one of its own: 1 (b/x.png)");
    assertEquals(1, listing.labelFiles().size());
  }

  @Test
  void imagesThatItDoesNotNameAndRowsWithoutAnImageAreTold() throws IOException {
    text("ImageFolder/groups.csv", "image,group\na/p1_1.png,P1\nother.png,P1\n");
    DatasetListing listing = folders();
    assertEquals(List.of("P1", "", "", ""), groups(listing));
    notices(
        listing,
        "images without a group, each one of its own: 3 (a/p1_2.png, b/p2_1.png, b/x.png)",
        "rows of groups.csv that name no image: 1 (other.png)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image,group¶a/p1_1.png,P1¶p1_1.png,P2¶ | line 3: p1_1.png has another group already, P1",
        "image,group¶a/q.png,P1¶ | line 2: a/q.png is no image, nor is any below; allowed are paths"
            + " such as a/p1_1.png",
        "image,group¶same.png,P1¶ | line 2: same.png is the name of several images",
        "file,group¶a/p1_1.png,P1¶ | there is no column image, only [file, group]",
        "image,group¶a/p1_1.png,P1¶a/p1_1.png,P1¶ | line 3: lists id a/p1_1.png twice",
      })
  void fileThatDoesNotFitIsRefused(String text, String problem) throws IOException {
    write("ImageFolder/a/same.png", "ImageFolder/b/same.png");
    text("ImageFolder/groups.csv", text.replace('¶', '\n'));
    refused(DatasetName.IMAGE_FOLDER, "{}", ErrorCode.DATASET_INVALID, "groups.csv", problem);
  }

  @Test
  void patternFindsGroupsInPathsAndGoesBeforeTheFile() throws IOException {
    DatasetListing listing =
        list(DatasetName.IMAGE_FOLDER, PATTERN.formatted("/(?<group>p[0-9]+)_"));
    assertEquals(List.of("p1", "p1", "p2", ""), groups(listing));
    notices(listing, "images without a group, each one of its own: 1 (b/x.png)");
    text("ImageFolder/groups.csv", "image,group\na/p1_1.png,other\n");
    DatasetListing both = list(DatasetName.IMAGE_FOLDER, PATTERN.formatted("^(?P<group>[ab])/"));
    assertEquals(List.of("a", "a", "b", "b"), groups(both));
    notices(both, "groups.csv is not read: medtrans.split.group_pattern says");
  }

  @Test
  void patternThatFindsNothingIsRefused() {
    String none = PATTERN.formatted("(?<group>patient)");
    refused(
        DatasetName.IMAGE_FOLDER,
        none,
        ErrorCode.INVALID_REQUEST,
        "medtrans.split.group_pattern: found '(?<group>patient)', matches none of 4 images, such as"
            + " a/p1_1.png");
    for (String bad : List.of("(p[0-9]+)", "(?<group>p", "(?<group>p)(?=_)")) {
      refused(
          DatasetName.IMAGE_FOLDER,
          PATTERN.formatted(bad),
          ErrorCode.INVALID_REQUEST,
          "group_pattern: found '" + bad);
    }
  }

  /** A backtracking engine would not end. */
  @Test
  void patternTakesTimeLinearInThePath() throws IOException {
    write("ImageFolder/a/" + "a".repeat(200) + "!.png");
    assertEquals(
        3,
        groups(list(DatasetName.IMAGE_FOLDER, PATTERN.formatted("/(?<group>((a+)+)+$|p.)")))
            .stream()
            .filter(g -> g.startsWith("p"))
            .count());
  }

  @Test
  void groupedSplitKeepsSuchGroupsTogether() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(
          "ImageFolder/a/q%d_%d.png".formatted(i / 2, i),
          "ImageFolder/b/q%d_%d.png".formatted(i / 2, i));
    }
    String grouped =
        "{'split': {'kind': 'grouped', 'fractions': [0.5, 0.2, 0.3], 'group_pattern':"
            + " '/(?<group>[pqx][0-9]*)[_.]'}}";
    assertEquals(0, list(DatasetName.IMAGE_FOLDER, grouped).leakingGroups());
  }

  @Test
  void listsOfDdsmMayHavePatients() throws IOException {
    text("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png P1\nbenign_2.png,P2\ncancer 3.png\n");
    text("DDSM/ddsm_raw_image_lists/val.txt", "cancer_P_00012_LEFT_CC.png\n");
    text("DDSM/ddsm_raw_image_lists/test.txt", "normal_A_1141_1.LEFT_MLO.png\nnormal_4.png\tP1\n");
    refused(
        DatasetName.DDSM, "{}", ErrorCode.LABEL_OUT_OF_RANGE, "train.txt, line 3, id cancer 3.png");
    text("DDSM/ddsm_raw_image_lists/train.txt", "normal_1.png P1\nbenign_2.png,P2\ncancer_3.png\n");
    DatasetListing whole = list(DatasetName.DDSM, "{}");
    assertEquals(List.of("P1", "P2", "", "P_00012", "A_1141", "P1"), groups(whole));
    assertEquals("normal_1.png", whole.samples().get(0).id());
    assertEquals(1, whole.leakingGroups());
    notices(whole, "images whose patient is not known, each a group of its own: 1 (cancer_3.png)");
    for (String part : List.of("train", "val", "test")) {
      text(
          "DDSM/ddsm_labels/2class/" + part + ".txt",
          part + "/a b.png 1.0 P7\n" + part + "/c.png 0");
    }
    DatasetListing patches = list(DatasetName.DDSM, "{'ddsm': {'mode': 'patches', 'classes': 2}}");
    assertEquals(List.of("P7", "", "P7", "", "P7", ""), groups(patches));
    assertEquals("train/a b.png", patches.samples().get(0).id());
    assertEquals(List.of(1), patches.samples().get(0).classes());
  }
}
