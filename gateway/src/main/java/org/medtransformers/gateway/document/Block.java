package org.medtransformers.gateway.document;

import io.quarkus.qute.TemplateData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * A part of a text. What comes from users is in it as they wrote it, but for what cannot be seen
 * ({@link Visible}); each form escapes what means something there.
 */
public sealed interface Block {
  /** Writes it in {@code form}. */
  String in(Form form);

  /** How each kind of block is written; texts are not escaped yet. */
  interface Form {
    String lead(String text);

    String paragraph(String text);

    String note(String text);

    String warning(String text);

    String heading(String text);

    String items(List<String> items);

    String table(Table table);

    String code(Code code);

    String figure(Figure figure);

    String pictures(Pictures pictures);
  }

  /** By which a template knows it. */
  default String kind() {
    return getClass().getSimpleName();
  }

  /** A sentence that a hurried reader should read. */
  @TemplateData
  record Lead(String text) implements Block {
    public Lead {
      text = Visible.line(text);
    }

    @Override
    public String in(Form form) {
      return form.lead(text);
    }
  }

  @TemplateData
  record Paragraph(String text) implements Block {
    public Paragraph {
      text = Visible.line(text);
    }

    @Override
    public String in(Form form) {
      return form.paragraph(text);
    }
  }

  /** What explains numbers or warns of them, in small print; several make a list. */
  @TemplateData
  record Note(String text) implements Block {
    public Note {
      text = Visible.line(text);
    }

    @Override
    public String in(Form form) {
      return form.note(text);
    }
  }

  /** What must be known before anything else. */
  @TemplateData
  record Warning(String text) implements Block {
    public Warning {
      text = Visible.line(text);
    }

    @Override
    public String in(Form form) {
      return form.warning(text);
    }
  }

  /** Within a section. */
  @TemplateData
  record Heading(String text) implements Block {
    public Heading {
      text = Visible.line(text);
    }

    @Override
    public String in(Form form) {
      return form.heading(text);
    }
  }

  @TemplateData
  record Items(List<String> items) implements Block {
    public Items {
      items = items.stream().map(Visible::line).toList();
    }

    @Override
    public String in(Form form) {
      return form.items(items);
    }
  }

  /**
   * A table.
   *
   * @param caption may be empty
   * @param rows the head, then the others; all of one length
   * @param prose whether cells hold sentences rather than numbers and names
   */
  @TemplateData
  record Table(String caption, List<List<String>> rows, boolean prose) implements Block {
    public Table {
      caption = Visible.line(caption);
      rows = rows.stream().map(row -> row.stream().map(Visible::line).toList()).toList();
    }

    @Override
    public String in(Form form) {
      return form.table(this);
    }

    /** Of numbers and names. */
    public Table(String caption, List<List<String>> rows) {
      this(caption, rows, false);
    }

    public List<String> head() {
      return rows.get(0);
    }

    public List<List<String>> body() {
      return rows.subList(1, rows.size());
    }
  }

  /** Text for a program, as it is. */
  @TemplateData
  record Code(String caption, String text) implements Block {
    public Code {
      caption = Visible.line(caption);
      text = Visible.text(text);
    }

    @Override
    public String in(Form form) {
      return form.code(this);
    }
  }

  /**
   * A drawing.
   *
   * @param name by which its files are called, of {@code a-z0-9_-}
   * @param svg self-contained
   * @param csv its numbers
   * @param png in pixels, drawn when it is asked for; empty where it cannot be drawn
   */
  @TemplateData
  record Figure(
      String name, String title, String caption, String svg, String csv, Supplier<byte[]> png)
      implements Block {
    public Figure {
      title = Visible.line(title);
      caption = Visible.line(caption);
    }

    @Override
    public String in(Form form) {
      return form.figure(this);
    }

    /** As a browser shows it without running what might be in it. */
    public String dataUri() {
      return "data:image/svg+xml;base64,"
          + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Small pictures beside each other. */
  @TemplateData
  record Pictures(String caption, List<Picture> pictures) implements Block {
    public Pictures {
      caption = Visible.line(caption);
      pictures = List.copyOf(pictures);
    }

    @Override
    public String in(Form form) {
      return form.pictures(this);
    }
  }

  /**
   * One of them.
   *
   * @param name of its file, without ending
   * @param label that stands below it
   * @param base64 a PNG
   */
  @TemplateData
  record Picture(String name, String label, String base64) {
    public Picture {
      label = Visible.line(label);
    }

    /** Of a PNG's bytes. */
    public static Picture of(String name, String label, byte[] png) {
      return new Picture(name, label, Base64.getEncoder().encodeToString(png));
    }

    public byte[] png() {
      return Base64.getDecoder().decode(base64);
    }

    public String dataUri() {
      return "data:image/png;base64," + base64;
    }
  }
}
