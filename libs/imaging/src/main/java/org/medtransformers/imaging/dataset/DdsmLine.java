package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.config.DdsmMode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A line of a list of DDSM: {@code path} or, of patches, {@code path label}; behind it perhaps a
 * patient.
 *
 * @param number from 1
 * @param label empty where the list has none
 * @param patient of the last column, else of the name; empty where neither says
 */
record DdsmLine(int number, String path, String label, String patient) {
  private static final String IMAGE = "(?<path>.+\\.(?:png|jpe?g|pgm|ppm|dcm))";
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern WHOLE_OF_PATIENT =
      Pattern.compile(IMAGE + "[\\s,;]+(?<label>)(?<patient>\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PATCH_OF_PATIENT =
      Pattern.compile(
          IMAGE + "\\s+(?<label>\\d+(?:\\.\\d*)?)\\s+(?<patient>\\S+)", Pattern.CASE_INSENSITIVE);

  /** CBIS-DDSM's patients, {@code P_00001}, and the cases of DDSM's volumes, {@code A_1141}. */
  private static final Pattern PATIENT_IN_NAME =
      Pattern.compile("(?<![A-Za-z0-9])(?<patient>P_\\d{5}|[A-D][_-]\\d{4})(?!\\d)");

  /** The lines of {@code file} that are not empty. */
  static List<DdsmLine> read(Path file, DdsmMode mode) {
    List<DdsmLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) LINE_BREAK.splitAsStream(Labels.text(file))::iterator) {
      number++;
      String text = PlainText.of(line);
      if (!text.isEmpty()) {
        lines.add(of(number, text, mode));
      }
    }
    return lines;
  }

  private static DdsmLine of(int number, String text, DdsmMode mode) {
    Pattern withPatient =
        switch (mode) {
          case WHOLE -> WHOLE_OF_PATIENT;
          case PATCHES -> PATCH_OF_PATIENT;
        };
    Matcher columns = withPatient.matcher(text);
    if (columns.matches()) {
      String patient = columns.group("patient");
      return new DdsmLine(
          number,
          columns.group("path"),
          columns.group("label"),
          PlainText.isNotKnown(patient) ? "" : patient);
    }
    int space = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
    return switch (mode) {
      case WHOLE -> new DdsmLine(number, text, "", named(text));
      case PATCHES -> {
        String path = text.substring(0, Math.max(0, space)).strip();
        yield new DdsmLine(number, path, text.substring(space + 1), named(path));
      }
    };
  }

  private static String named(String path) {
    Matcher patient = PATIENT_IN_NAME.matcher(path);
    return patient.find() ? patient.group("patient") : "";
  }

  MedtransException outOfRange(Path file, String found, String allowed) {
    return Labels.outOfRange(file, number, path, found, allowed);
  }
}
