package org.medtransformers.gateway.document;

import java.util.List;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.AlignedText;

/** For a terminal. */
public final class TextWriter implements Block.Form {
  /** Blocks with an empty line between them; notes that follow each other are a list. */
  public static String write(List<Block> blocks) {
    return Spacing.join(blocks, new TextWriter());
  }

  private TextWriter() {}

  @Override
  public String lead(String text) {
    return text + "\n";
  }

  @Override
  public String paragraph(String text) {
    return text + "\n";
  }

  @Override
  public String note(String text) {
    return text + "\n";
  }

  @Override
  public String warning(String text) {
    return text + "\n";
  }

  @Override
  public String heading(String text) {
    return text + "\n";
  }

  @Override
  public String items(List<String> items) {
    return items.stream().map(item -> "- " + item + "\n").collect(Collectors.joining());
  }

  @Override
  public String table(Block.Table table) {
    String caption = table.caption().isEmpty() ? "" : table.caption() + "\n\n";
    return caption + AlignedText.render(table.rows());
  }

  @Override
  public String code(Block.Code code) {
    return code.caption() + "\n\n" + code.text() + "\n";
  }

  @Override
  public String figure(Block.Figure figure) {
    return figure.title() + ". " + figure.caption() + "\n";
  }

  @Override
  public String pictures(Block.Pictures pictures) {
    return pictures.caption() + "\n";
  }
}
