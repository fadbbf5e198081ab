package org.medtransformers.plots.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a figure is made of, read back as XML. */
class FigureTest {
  private static final String HOSTILE =
      "<script>alert('x')</script>&\u0000\u001b[2J\u202egnp.\u2066";

  private static Figure figure(String words, Layer... layers) {
    Panel panel =
        new Panel(
            words,
            "n = 3",
            Axis.of("dose, mg", 0, 10),
            Axis.of("response, %", 0, 100),
            List.of(layers),
            500);
    return new Figure(
        "a-figure", words, "caption " + words, "3 things", List.of(panel), () -> new Numbers("x"));
  }

  @Test
  void textIsTextAndTitleAndCaptionAreForThoseWhoHear() {
    Drawing drawing = Drawing.of(figure("Doses").svg());
    assertTrue(drawing.texts().containsAll(List.of("Doses", "n = 3", "dose, mg", "response, %")));
    assertEquals("Doses", drawing.first("title"));
    assertEquals("caption Doses n: 3 things.", drawing.first("desc"));
  }

  @Test
  void theSameFigureIsTheSameText() {
    Line line = new Line("a", Mark.of(0), List.of(Point.of(1, 2), Point.of(3, 50)), true);
    assertEquals(figure("Doses", line).svg(), figure("Doses", line).svg());
  }

  @Test
  void hostileNamesAreTextWithoutWhatCannotBeSeen() {
    String svg = figure(HOSTILE, new Points(HOSTILE, Mark.of(0), List.of(Point.of(1, 1)))).svg();
    assertTrue(Drawing.of(svg).texts().contains("<script>alert('x')</script>&[2Jgnp."));
    assertFalse(svg.contains("<script"));
    assertFalse(svg.contains("\u202e"));
    assertFalse(svg.contains("DOCTYPE"));
  }

  @Test
  void longNamesAreCutOffAndStayApart() {
    assertEquals("é".repeat(27) + "…", Labels.shown("é".repeat(200), Labels.NAME));
    assertEquals("😀😀…", Labels.shown("😀".repeat(9), 3));
    List<String> names = Labels.shown(List.of("a".repeat(50) + "1", "a".repeat(50) + "2"));
    assertEquals(2, names.stream().distinct().count());
  }

  /** 0 to 10 over the width, 0 to 100 over the height of the same plot. */
  @Test
  void intervalsEndWhereTheyShould() {
    Intervals across = new Intervals(null, Mark.of(0), List.of(new Point(5, 50, 2.5, 7.5)), false);
    Intervals edges = new Intervals(null, Mark.of(1), List.of(new Point(5, 20, 0, 10)), false);
    Drawing drawing = Drawing.of(figure("Doses", across, edges).svg());
    double[] all = drawing.longest("rgb(213,94,0)");
    double[] half = drawing.longest("rgb(0,114,178)");
    double width = all[1] - all[0];
    assertTrue(width > 400, "the plot is " + width + " wide");
    assertEquals(all[0] + width / 4, half[0], 1);
    assertEquals(all[1] - width / 4, half[1], 1);
  }

  @Test
  void everyPointIsDrawn() {
    List<Point> points = IntStream.rangeClosed(1, 9).mapToObj(i -> Point.of(i, 10.0 * i)).toList();
    Points small = new Points(null, Mark.of(0), points, 4, false);
    assertEquals(9, Drawing.of(figure("Doses", small).svg()).filled("rgb(0,114,178)"));
  }

  @Test
  void numbersAreNumbersAndFormulasAreText() {
    String csv =
        new Numbers("name", "value")
            .line("=1+1", -0.5)
            .line("@SUM(A1)", 2L)
            .line("-a, \"b\"", null)
            .csv();
    assertEquals("name,value\n\"'=1+1\",-0.5\n\"'@SUM(A1)\",2\n\"'-a, \"\"b\"\"\",\n", csv);
    assertThrows(IllegalArgumentException.class, () -> new Numbers("a", "b").line(1));
  }

  @Test
  void aPictureHasOneAndAHalfTimesAsManyPixels() {
    assertEquals(960, Drawing.pixels(figure("Doses").png()).getWidth());
    assertEquals(750, Drawing.pixels(figure("Doses").png()).getHeight());
  }
}
