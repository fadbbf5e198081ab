package org.medtransformers.imaging.dataset;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Patients or lesions of images of which the label files, if there are any, say nothing. */
final class Grouping {
  private static final String GROUP = "group";

  private Grouping() {}

  /**
   * {@code listing} with groups by the experiment file's pattern; without one, and where it has
   * none, by the folder's {@link GroupsFile}.
   *
   * @param asked null where the experiment file says nothing of the split
   */
  static DatasetListing apply(RunConfig.Split asked, DatasetFolder folder, DatasetListing listing) {
    boolean file = folder.has(GroupsFile.NAME);
    if (asked != null && asked.groupPattern() != null) {
      return byPattern(asked.groupPattern(), listing)
          .noting(unused(file, "medtrans.split.group_pattern says"));
    }
    if (listing.samples().stream().anyMatch(s -> !s.group().isEmpty())) {
      return listing.noting(unused(file, "the data set itself says"));
    }
    return file ? GroupsFile.read(folder, listing).apply() : listing;
  }

  private static List<String> unused(boolean file, String instead) {
    return file
        ? List.of("groups.csv is not read: %s what the groups are".formatted(instead))
        : List.of();
  }

  private static DatasetListing byPattern(String text, DatasetListing listing) {
    Pattern pattern = compile(text);
    String[] groups =
        listing.samples().stream()
            .map(s -> group(pattern, path(s, listing)))
            .toArray(String[]::new);
    DatasetListing grouped = listing.grouped(groups);
    if (grouped.leakingGroups() == null) {
      throw invalid(
          text,
          "matches none of %d images, such as %s"
              .formatted(groups.length, path(listing.samples().get(0), listing)));
    }
    return grouped;
  }

  private static Pattern compile(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.namedGroups().containsKey(GROUP)) {
        return pattern;
      }
      throw invalid(text, "allowed is an expression with a group (?<group>...)");
    } catch (PatternSyntaxException e) {
      throw invalid(text, e.getMessage());
    }
  }

  /** Null where it does not match. */
  private static String group(Pattern pattern, String path) {
    Matcher matcher = pattern.matcher(path);
    return matcher.find() ? matcher.group(GROUP) : null;
  }

  /** Below the data set's folder; of a file that a link leads to elsewhere what it is called. */
  private static String path(Sample sample, DatasetListing listing) {
    String path = PlainText.composed(sample.source().name(listing.root()));
    return path.startsWith("..") ? sample.id() : path;
  }

  private static MedtransException invalid(String pattern, String problem) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "medtrans.split.group_pattern: found '%s', %s".formatted(pattern, problem));
  }
}
