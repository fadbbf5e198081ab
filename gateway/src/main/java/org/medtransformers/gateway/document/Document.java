package org.medtransformers.gateway.document;

import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text with sections, the same in all forms.
 *
 * @param title its heading
 * @param subtitle what it is of and when it was made
 */
@TemplateData
public record Document(String title, String subtitle, List<Section> sections) {
  public Document {
    title = Visible.line(title);
    subtitle = Visible.line(subtitle);
    sections = List.copyOf(sections);
  }

  /** A part with a heading; {@code id} names it in links. */
  @TemplateData
  public record Section(String id, String title, List<Block> blocks) {
    public Section {
      title = Visible.line(title);
      blocks = List.copyOf(blocks);
    }
  }

  /** All blocks of a kind, in their order. */
  public <T extends Block> Stream<T> blocks(Class<T> kind) {
    return sections.stream()
        .flatMap(section -> section.blocks().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
