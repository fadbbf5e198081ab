package org.medtransformers.gateway.document;

import java.util.List;

/** Blocks one after the other in a form of lines. */
final class Spacing {
  private Spacing() {}

  /** With an empty line between them, but for notes that follow each other. */
  static String join(List<Block> blocks, Block.Form form) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean list =
          i > 0 && block instanceof Block.Note && blocks.get(i - 1) instanceof Block.Note;
      text.append(i == 0 || list ? "" : "\n").append(block.in(form));
    }
    return text.toString();
  }
}
