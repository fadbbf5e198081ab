package org.medtransformers.gateway.report.content;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.document.Document;
import org.medtransformers.gateway.document.HtmlWriter;
import org.medtransformers.gateway.document.LatexWriter;
import org.medtransformers.gateway.document.MarkdownWriter;

/** Writes the reports of experiments. */
@Singleton
public final class Reports {
  private final Studies studies;
  private final HtmlWriter html;

  Reports(Studies studies, HtmlWriter html) {
    this.studies = studies;
    this.html = html;
  }

  /**
   * The report of an experiment as it is now.
   *
   * @param pictures whether it may show example images
   * @throws MedtransException {@code NOT_FOUND} for an unknown id, {@code UNAVAILABLE} while its
   *     comparison is being worked out
   */
  public byte[] of(String id, ReportForm form, boolean pictures) {
    Study study = studies.of(id, pictures);
    Document document = ExperimentReport.of(study);
    return switch (form) {
      case HTML -> bytes(html.write(document));
      case MARKDOWN -> bytes(MarkdownWriter.write(document));
      case LATEX -> bytes(LatexWriter.write(document));
      case ZIP -> Archive.of(study, document, html.write(document));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
