package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  private final Disk disk = new Disk();

  @TempDir private Path root;

  @Test
  void aPublishedDraftTakesTheWholePlaceOfWhatStoodThere() throws IOException {
    Path target = folder("set", "old.txt");
    Path draft = folder(".tmp-set", "new.txt");
    Path aside = root.resolve(".tmp-old");
    disk.flush(draft);
    disk.publish(draft, target, aside);
    assertEquals(List.of(aside.resolve("old.txt")), Disk.startingWith("", aside));
    disk.delete(aside);
    assertEquals(List.of(target.resolve("new.txt")), Disk.startingWith("", target));
    assertEquals(List.of(target), Disk.startingWith("", root));
  }

  @Test
  void deletingFollowsNoLink() throws IOException {
    Path outside = folder("outside", "kept.txt");
    Path folder = folder("doomed", "a.txt");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    Files.createDirectories(folder.resolve("deeper/still"));
    disk.delete(folder);
    assertFalse(Files.exists(folder));
    assertTrue(Files.exists(outside.resolve("kept.txt")));
  }

  @Test
  void deletingALinkLeavesWhatItLeadsTo() throws IOException {
    Path outside = folder("outside", "kept.txt");
    Path link = Files.createSymbolicLink(root.resolve("link"), outside);
    disk.delete(link);
    assertEquals(List.of(outside), Disk.startingWith("", root));
    assertTrue(Files.exists(outside.resolve("kept.txt")));
  }

  @Test
  void whatIsAbsentIsDeletedAndHasNothingInIt() throws IOException {
    disk.delete(root.resolve("nothing"));
    assertEquals(List.of(), Disk.startingWith("", root.resolve("nothing")));
  }

  private Path folder(String name, String file) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    Files.writeString(folder.resolve(file), name);
    return folder;
  }
}
