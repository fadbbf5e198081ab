package org.medtransformers.planning;

/** What a training begins with. */
enum Beginning {
  RANDOM("random"),
  PRETRAINED("ImageNet (supervised)"),
  DINO("random + DINO");

  private final String label;

  Beginning(String label) {
    this.label = label;
  }

  /** As the table names it. */
  String label() {
    return label;
  }
}
