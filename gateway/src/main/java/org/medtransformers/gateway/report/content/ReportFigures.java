package org.medtransformers.gateway.report.content;

import java.util.List;
import org.medtransformers.gateway.document.Block.Figure;

/** Where the figures of a report come from. */
public interface ReportFigures {
  /** Those of an experiment, in the order in which they are shown. */
  List<Figure> of(String experimentId);
}
