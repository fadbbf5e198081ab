package org.medtransformers.gateway.report.content;

import org.medtransformers.contracts.error.Choice;
import org.medtransformers.contracts.error.MedtransException;

/** The forms in which the report of an experiment is to be had. */
public enum ReportForm {
  HTML("html", "text/html", "html"),
  MARKDOWN("md", "text/markdown", "md"),
  LATEX("latex", "application/x-latex", "tex"),
  /** All of these with every figure, table and file. */
  ZIP("zip", "application/zip", "zip");

  private final String key;
  private final String mediaType;
  private final String extension;

  ReportForm(String key, String mediaType, String extension) {
    this.key = key;
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** With the character set where it is text. */
  public String mediaType() {
    return this == ZIP ? mediaType : mediaType + ";charset=UTF-8";
  }

  /** {@code report.html}. */
  public String file() {
    return "report." + extension;
  }

  /**
   * The form that requests call {@code key}.
   *
   * @throws MedtransException {@code INVALID_REQUEST} naming those there are
   */
  public static ReportForm of(String key) {
    return Choice.of("format", values(), form -> form.key, key);
  }
}
