package org.medtransformers.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReportTest {
  @Test
  void whatASpreadsheetWouldRunIsTextAndNumbersStayNumbers() {
    assertEquals(
        """
        a,b,c,d,e,f
        "'=1+1","'+1","'-x","'@A1",-0.5,"plain - text"
        """,
        CsvReport.csv(
            List.of("a", "b", "c", "d", "e", "f"),
            List.of(List.of("=1+1", "+1", "-x", "@A1", -0.5, "plain - text"))));
  }
}
