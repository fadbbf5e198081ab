package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;

class ErasedNamesTest {
  private static final String APTOS = DatasetName.APTOS2019.label();
  private static final String PATIENT = "patient-3";

  @TempDir Path location;
  @TempDir Path root;

  private PrepareSpec spec;
  private PreparedSet before;
  private ErasedNames erased;

  /** 30 images of 10 patients. */
  @BeforeEach
  void prepare() throws IOException {
    TestSets.phantom(location);
    spec = TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20);
    List<String> images =
        TestSets.prepared(spec, root.resolve("ids")).rows().stream().map(IndexRow::id).toList();
    StringBuilder groups = new StringBuilder("image,group\n");
    for (int i = 0; i < images.size(); i++) {
      groups.append(images.get(i)).append(",patient-").append(i / 3).append('\n');
    }
    Files.writeString(location.resolve(APTOS).resolve("groups.csv"), groups);
    before = TestSets.prepared(spec, root);
    erased = new ErasedNames(root);
  }

  private void bar(ErasedThing thing, String name) throws Exception {
    erased.bar(thing, name, List.of(APTOS));
  }

  private static Map<String, Split> parts(PreparedSet set) {
    return set.rows().stream().collect(Collectors.toMap(IndexRow::id, IndexRow::split));
  }

  @Test
  void aGroupIsLeftOutOfWhatIsPreparedLaterAndTheOthersStayInTheirParts() throws Exception {
    bar(ErasedThing.GROUP, PATIENT);
    PreparedSet after = TestSets.prepared(spec, root);
    Map<String, Split> expected =
        before.rows().stream()
            .filter(row -> !row.group().equals(PATIENT))
            .collect(Collectors.toMap(IndexRow::id, IndexRow::split));
    assertEquals(27, expected.size());
    assertEquals(expected, parts(after));
    assertNotEquals(before.dataset().id(), after.dataset().id());
    assertTrue(
        after
            .dataset()
            .warnings()
            .contains("APTOS2019: images left out because they were erased: 3"),
        after.dataset().warnings()::toString);
  }

  @Test
  void anImageIsLeftOutByItsIdAlone() throws Exception {
    String image = before.rows().get(7).id();
    bar(ErasedThing.IMAGE, image);
    Map<String, Split> expected = parts(before);
    expected.remove(image);
    assertEquals(expected, parts(TestSets.prepared(spec, root)));
  }

  @Test
  void theSameNameOfAnotherThingOrKindOfDataSetIsAnothers() throws Exception {
    bar(ErasedThing.IMAGE, PATIENT);
    erased.bar(ErasedThing.GROUP, PATIENT, List.of("ISIC2019"));
    assertEquals(before.dataset().id(), TestSets.prepared(spec, root).dataset().id());
  }

  @Test
  void namesAreKnownByTheirHashesAndToTheOwnerAlone() throws Exception {
    bar(ErasedThing.GROUP, PATIENT);
    Path file = root.resolve(ErasedNames.FILE);
    String text = Files.readString(file);
    assertFalse(text.contains(PATIENT), text);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    bar(ErasedThing.GROUP, PATIENT);
    assertEquals(text, Files.readString(file), "a second time changes nothing");
  }

  /** So that a list of names and their hashes from one place says nothing of another. */
  @Test
  void anotherFolderHasOtherHashes() throws Exception {
    bar(ErasedThing.GROUP, PATIENT);
    Path other = root.resolve("other");
    new ErasedNames(other).bar(ErasedThing.GROUP, PATIENT, List.of(APTOS));
    assertNotEquals(
        Files.readString(root.resolve(ErasedNames.FILE)),
        Files.readString(other.resolve(ErasedNames.FILE)));
  }

  @Test
  void aFileThatCannotBeUsedKeepsEverythingFromBeingPrepared() throws Exception {
    for (String damaged : List.of("", "{}", "{\"key\":\"00\"}")) {
      Files.writeString(root.resolve(ErasedNames.FILE), damaged);
      MedtransException e =
          assertThrows(MedtransException.class, () -> TestSets.prepared(spec, root));
      assertEquals(ErrorCode.IO_FAILED, e.code());
      assertTrue(e.getMessage().contains(ErasedNames.FILE), e.getMessage());
    }
  }

  @Test
  void whatIsErasedWhileItIsBeingPreparedIsNotPublished() {
    Path fresh = root.resolve("fresh");
    Preparer preparer = new Preparer(fresh, ImageLimits.DEFAULT, 2, path -> false);
    PrepareListener erasing =
        (done, total) -> {
          try {
            new ErasedNames(fresh).bar(ErasedThing.GROUP, PATIENT, List.of(APTOS));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    MedtransException e =
        assertThrows(MedtransException.class, () -> preparer.prepare(spec, erasing));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertEquals(27, TestSets.prepared(spec, fresh).rows().size());
  }

  @Test
  void aSetWithoutWhatWasErasedStaysAsItIs() throws Exception {
    bar(ErasedThing.GROUP, "nobody");
    assertEquals(before.dataset(), TestSets.prepared(spec, root).dataset());
  }
}
