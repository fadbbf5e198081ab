package org.medtransformers.gateway.document;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medtransformers.gateway.document.Document.Section;

/** LaTeX with tables of booktabs. */
public final class LatexWriter {
  private static final Map<Integer, String> SPECIAL =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          // Else the one that begins a row would be an argument of the line end before it.
          Map.entry((int) '[', "{[}"),
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '<', "$<$"),
          Map.entry((int) '>', "$>$"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '·', "$\\cdot$"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '≥', "$\\geq$"),
          Map.entry((int) '≤', "$\\leq$"),
          Map.entry((int) '–', "--"),
          Map.entry((int) '“', "``"),
          Map.entry((int) '”', "''"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '…', "\\ldots{}"),
          Map.entry((int) 'χ', "$\\chi$"),
          Map.entry((int) '²', "$^2$"),
          Map.entry((int) '→', "$\\rightarrow$"));
  private static final String ESCAPED = "&%$#_{}";

  /** The first that is not in the fonts that {@code pdflatex} has by itself. */
  private static final int BEYOND_LATIN = 0x100;

  private static final String PREAMBLE =
      """
      \\documentclass[10pt]{article}
      \\usepackage[T1]{fontenc}
      \\usepackage[utf8]{inputenc}
      \\usepackage[margin=2cm]{geometry}
      \\usepackage{booktabs,graphicx,longtable}
      %% A table that is wider than the page is made smaller.
      \\newsavebox{\\fittedtable}
      \\newenvironment{fitted}{\\begin{lrbox}{\\fittedtable}}{\\end{lrbox}%%
      \\ifdim\\wd\\fittedtable>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox{\\fittedtable}}%%
      \\else\\usebox{\\fittedtable}\\fi}
      %% Letters that the fonts of pdflatex lack stand there by their numbers; XeLaTeX and LuaLaTeX have them.
      %s\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{4pt}
      \\sloppy
      \\title{%s}
      \\author{}
      \\date{}
      \\begin{document}
      \\maketitle
      %s
      """;

  private static final int ROWS_OF_A_PAGE = 40;

  private LatexWriter() {}

  /** A whole document, for {@code pdflatex} and its kin. */
  public static String write(Document document) {
    StringBuilder body = new StringBuilder();
    for (Section section : document.sections()) {
      body.append("\n\\section{").append(escaped(section.title())).append("}\n\n");
      body.append(Spacing.join(section.blocks(), new Whole()));
    }
    String title = escaped(document.title());
    String subtitle = escaped(document.subtitle());
    return PREAMBLE.formatted(declared(title + subtitle + body), title, subtitle)
        + body
        + "\n\\end{document}\n";
  }

  /** Tables and sentences to be put into a document; what explains them are comments. */
  public static String fragment(List<Block> blocks) {
    return Spacing.join(blocks, new Fragment());
  }

  private static String declared(String text) {
    return text
        .codePoints()
        .filter(c -> c >= BEYOND_LATIN)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(
            c ->
                "\\ifdefined\\DeclareUnicodeCharacter\\ifcsname u8:\\detokenize{%1$s}\\endcsname\\else\\DeclareUnicodeCharacter{%2$04X}{\\texttt{U+%2$04X}}\\fi\\fi\n"
                    .formatted(Character.toString(c), c))
        .collect(Collectors.joining());
  }

  private static String tabular(Block.Table table) {
    return "\\begin{tabular}{%s}\n".formatted("l".repeat(table.head().size()))
        + lines(table)
        + "\\end{tabular}\n";
  }

  private static String lines(Block.Table table) {
    return "\\toprule\n"
        + line(table.head())
        + "\\midrule\n"
        + table.body().stream().map(LatexWriter::line).collect(Collectors.joining())
        + "\\bottomrule\n";
  }

  private static String line(List<String> cells) {
    // Else a star would belong to the end of the line before.
    String begin = cells.get(0).startsWith("*") ? "{}" : "";
    return begin
        + cells.stream().map(LatexWriter::escaped).collect(Collectors.joining(" & "))
        + " \\\\\n";
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(LatexWriter::escaped).collect(Collectors.joining());
  }

  private static String escaped(int codePoint) {
    String plain = Character.toString(codePoint);
    return ESCAPED.contains(plain) ? "\\" + plain : SPECIAL.getOrDefault(codePoint, plain);
  }

  /** In a document of somebody's own. */
  private static class Fragment implements Block.Form {
    @Override
    public String lead(String text) {
      return paragraph(text);
    }

    @Override
    public String paragraph(String text) {
      return escaped(text) + "\n";
    }

    @Override
    public String note(String text) {
      return "% " + text + "\n";
    }

    @Override
    public String warning(String text) {
      return "\\textbf{" + escaped(text) + "}\n";
    }

    @Override
    public String heading(String text) {
      return "\\subsection*{" + escaped(text) + "}\n";
    }

    @Override
    public String items(List<String> items) {
      return items.stream()
          .map(item -> "\\item " + escaped(item) + "\n")
          .collect(Collectors.joining("", "\\begin{itemize}\n", "\\end{itemize}\n"));
    }

    @Override
    public String table(Block.Table table) {
      return (table.caption().isEmpty() ? "" : note(table.caption())) + tabular(table);
    }

    @Override
    public String code(Block.Code code) {
      return paragraph(code.caption())
          + "\n"
          + "{\\footnotesize\\raggedright\\ttfamily\n"
          + verbatim(code.text())
          + "}\n";
    }

    /** Not the environment of that name, which its own end in the text would end. */
    private static String verbatim(String text) {
      return text.strip()
          .lines()
          .map(line -> "\\mbox{}" + escaped(line).replace("  ", "\\ \\ ") + "\\\\\n")
          .collect(Collectors.joining());
    }

    /** A panel is 8 cm wide, as it is drawn to be read. */
    @Override
    public String figure(Block.Figure figure) {
      String file = "figures/" + figure.name();
      return """
          \\IfFileExists{%1$s.png}{\\includegraphics[scale=0.235]{%1$s.png}}{\\fbox{\\texttt{%2$s.svg}}}

          %3$s
          """
          .formatted(file, escaped(file), escaped(figure.title() + ". " + figure.caption()));
    }

    @Override
    public String pictures(Block.Pictures pictures) {
      return pictures.pictures().stream()
          .map(
              p ->
                  "\\IfFileExists{images/%1$s.png}{\\includegraphics[width=2cm]{images/%1$s.png}}{} %2$s\n"
                      .formatted(p.name(), escaped(p.label())))
          .collect(Collectors.joining("", paragraph(pictures.caption()) + "\n", ""));
    }
  }

  /** In a document that is ours. */
  private static final class Whole extends Fragment {
    @Override
    public String lead(String text) {
      return "\\textbf{" + escaped(text) + "}\n";
    }

    @Override
    public String note(String text) {
      return "{\\footnotesize " + escaped(text) + "\\par}\n";
    }

    @Override
    public String table(Block.Table table) {
      String caption = table.caption().isEmpty() ? "" : escaped(table.caption()) + "\n\n";
      if (table.prose()) {
        return caption + paged(table, prose(table), "small");
      }
      return caption
          + (table.rows().size() > ROWS_OF_A_PAGE
              ? paged(table, "l".repeat(table.head().size()), "tiny")
              : fitted(table));
    }

    private static String fitted(Block.Table table) {
      return "{\\small\\begin{fitted}\n" + tabular(table).strip() + "\n\\end{fitted}\\par}\n";
    }

    /** The first column is narrow, the others share the page. */
    private static String prose(Block.Table table) {
      int others = table.head().size() - 1;
      String width = String.format(Locale.ROOT, "p{%.2f\\linewidth}", 0.86 / others);
      return "p{0.06\\linewidth}" + width.repeat(others);
    }

    /** Over pages, which a box cannot; each page has the head. */
    private static String paged(Block.Table table, String columns, String size) {
      return "{\\%s\\begin{longtable}{%s}\n".formatted(size, columns)
          + "\\toprule\n"
          + line(table.head())
          + "\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"
          + table.body().stream().map(LatexWriter::line).collect(Collectors.joining())
          + "\\end{longtable}}\n";
    }
  }
}
