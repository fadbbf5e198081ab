package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.medtransformers.files.FolderSize;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;

/** What a run has on the disk. */
@Singleton
public final class RunFolder {
  /** Of more than so many the first by name are shown. */
  private static final int SHOWN = 1000;

  private final Database database;
  private final Artifacts artifacts;
  private final Access access;

  RunFolder(Database database, Artifacts artifacts, Access access) {
    this.access = access;
    this.database = database;
    this.artifacts = artifacts;
  }

  /**
   * A run's folder.
   *
   * @param path of the folder, relative to the artifact root
   * @param files by name; the first of them
   * @param total how many there are
   * @param bytes of all
   */
  public record Listing(String path, List<Item> files, int total, long bytes) {}

  /**
   * A file.
   *
   * @param name relative to the folder
   * @param readable whether REST gives it, as a file of the results
   */
  public record Item(String name, long bytes, boolean readable) {}

  /**
   * The files of a run; none where it has no folder. An unknown id is {@code NOT_FOUND}.
   *
   * @param id of a run, or a model name, which means its latest success
   */
  public Listing of(String id) {
    Path folder =
        artifacts.run(
            database.inTransaction(() -> NamedRuns.require(id, access.scope()).id.toString()));
    List<Item> items = new ArrayList<>();
    try {
      if (Files.isDirectory(folder)) {
        FolderSize.each(folder, (file, bytes) -> items.add(item(folder, file, bytes)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
    items.sort(Comparator.comparing(Item::name));
    return new Listing(
        artifacts.relative(folder),
        items.stream().limit(SHOWN).toList(),
        items.size(),
        items.stream().mapToLong(Item::bytes).sum());
  }

  private static Item item(Path folder, Path file, long bytes) {
    String name = folder.relativize(file).toString();
    boolean readable = Evaluations.isResult(name) && Files.isRegularFile(file);
    return new Item(name, bytes, readable);
  }
}
