package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.Split;

class IndexTest {
  private static final int MANY = 240_000;

  private static IndexRow row(String id, Split split, int number, Integer... classes) {
    String shard = split.label() + "-000.npy";
    return new IndexRow(
        id,
        List.of(classes),
        "patient " + number / 2,
        split,
        shard,
        number,
        "images/" + id + ".png",
        "ab".repeat(32),
        number * 48L,
        4,
        number % 3 + 1,
        3,
        List.of("sex=female"));
  }

  private static ByteBuffer written(List<IndexRow> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Index.write(rows, out);
    return ByteBuffer.wrap(out.toByteArray());
  }

  @Test
  void rowsComeBackWhateverStandsInThem() throws IOException {
    List<IndexRow> rows =
        List.of(
            row("plain", Split.TRAIN, 0, 1),
            row("a,b;\"c\"", Split.TRAIN, 1, 0, 2, 13),
            row("two\nlines, \"one\n", Split.VAL, 2),
            row("", Split.TEST, 3, 4),
            row("ä€\uD83D\uDE00", Split.TEST, 4, 4));
    Index index = new Index(written(rows));
    assertEquals(rows, index);
    assertThrows(IndexOutOfBoundsException.class, () -> index.get(5));
    String text = StandardCharsets.UTF_8.decode(written(rows)).toString();
    assertEquals(
        "id,label,group,split,shard,row,source,sha256,offset,height,width,channels,attributes",
        text.lines().findFirst().orElseThrow());
    assertTrue(text.contains("\nplain,1,"), text);
  }

  @Test
  void theTableSaysOfEachImageWhatItsRowSays() throws IOException {
    List<IndexRow> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Integer[] shown = IntStream.range(0, i % 4).boxed().toArray(Integer[]::new);
      rows.add(row("i" + i, List.of(Split.TRAIN, Split.VAL, Split.TEST).get(i / 10), i, shown));
    }
    ImageTable table = new ImageTable(new Index(written(rows)));
    for (int i = 0; i < 30; i++) {
      IndexRow row = rows.get(i);
      assertEquals(row.shard(), table.shard(i));
      assertEquals(row.offset(), table.offset(i));
      assertEquals(row.height(), table.height(i));
      assertEquals(row.width(), table.width(i));
      assertEquals(row.channels(), table.channels(i));
      assertEquals(row.classes(), table.classes(i).boxed().toList());
    }
    assertArrayEquals(IntStream.range(10, 20).toArray(), table.of(Split.VAL));
    assertEquals(0, new ImageTable(rows.subList(0, 10)).of(Split.TEST).length);
  }

  /** As rows they took a kilobyte each. */
  @Test
  void hundredsOfThousandsOfImagesTakeLessMemoryThanIsSaidOfThem() throws IOException {
    List<IndexRow> few = List.of(row("i", Split.TRAIN, 1, 1), row("j", Split.TRAIN, 2, 1));
    List<IndexRow> many =
        new AbstractList<>() {
          @Override
          public IndexRow get(int i) {
            return few.get(i % 2);
          }

          @Override
          public int size() {
            return MANY;
          }
        };
    ByteBuffer csv = written(many);
    long before = used();
    Index index = new Index(csv);
    ImageTable table = new ImageTable(index);
    long taken = used() - before;
    assertEquals(MANY, table.of(Split.TRAIN).length);
    assertTrue(taken <= table.bytes() + MANY, taken + " of " + table.bytes());
    assertTrue(table.bytes() <= 36L * MANY, table.bytes() + " bytes");
    assertEquals(MANY, index.size());
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
