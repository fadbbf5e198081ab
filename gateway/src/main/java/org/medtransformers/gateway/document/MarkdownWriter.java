package org.medtransformers.gateway.document;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.gateway.document.Document.Section;

/** GitHub's Markdown. */
public final class MarkdownWriter implements Block.Form {
  private static final String SPECIAL = "([\\\\`*_<>|\\[\\]&~$])";

  /**
   * What would begin a list, a quotation or a heading at the start of a line; a digit is no mark.
   */
  private static final String START = "^(\\s*\\d*)((?<!\\d)[#+\\-=]|(?<=\\d)[.)])";

  /** Figures are named as {@code figures/NAME.svg}, pictures as {@code images/NAME.png}. */
  public static String write(Document document) {
    StringBuilder text = new StringBuilder("# " + escaped(document.title()) + "\n\n");
    text.append(paragraphed(document.subtitle()));
    for (Section section : document.sections()) {
      text.append("\n## ").append(escaped(section.title())).append("\n\n");
      text.append(write(section.blocks()));
    }
    return text.toString();
  }

  /** Blocks with an empty line between them. */
  public static String write(List<Block> blocks) {
    return blocks.stream()
        .map(block -> block.in(new MarkdownWriter()))
        .collect(Collectors.joining("\n"));
  }

  private MarkdownWriter() {}

  @Override
  public String lead(String text) {
    return "**" + escaped(text).strip() + "**\n";
  }

  @Override
  public String paragraph(String text) {
    return paragraphed(text);
  }

  private static String paragraphed(String text) {
    return escaped(text).replaceFirst(START, "$1\\\\$2") + "\n";
  }

  @Override
  public String note(String text) {
    return paragraphed(text);
  }

  @Override
  public String warning(String text) {
    return "> **" + escaped(text).strip() + "**\n";
  }

  @Override
  public String heading(String text) {
    return "### " + escaped(text) + "\n";
  }

  @Override
  public String items(List<String> items) {
    return items.stream().map(item -> "- " + paragraphed(item)).collect(Collectors.joining());
  }

  @Override
  public String table(Block.Table table) {
    String caption = table.caption().isEmpty() ? "" : paragraphed(table.caption()) + "\n";
    return caption
        + line(table.head())
        + "| "
        + String.join(" | ", Collections.nCopies(table.head().size(), "---"))
        + " |\n"
        + table.body().stream().map(MarkdownWriter::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(MarkdownWriter::escaped)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Indented: what the text holds cannot end it. */
  @Override
  public String code(Block.Code code) {
    return paragraphed(code.caption()) + "\n" + code.text().strip().indent(4);
  }

  @Override
  public String figure(Block.Figure figure) {
    return "![%s](figures/%s.svg)\n\n%s"
        .formatted(
            escaped(figure.title()),
            figure.name(),
            paragraphed(figure.title() + ". " + figure.caption()));
  }

  @Override
  public String pictures(Block.Pictures pictures) {
    String images =
        pictures.pictures().stream()
            .map(p -> "![%s](images/%s.png)\n".formatted(escaped(p.label()), p.name()))
            .collect(Collectors.joining());
    return paragraphed(pictures.caption()) + "\n" + images;
  }

  private static String escaped(String text) {
    return text.replaceAll(SPECIAL, "\\\\$1");
  }
}
