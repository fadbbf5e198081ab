package org.medtransformers.golden.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.split.MersenneTwister;
import org.medtransformers.imaging.split.SeedCompatibleSplit;
import org.medtransformers.imaging.split.Splits;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Group {@code splits}: which images train, validate and test. */
record SplitCases() implements CaseRunner {
  private static final String BITS = "mt19937_seed42_first8_uint32";
  private static final Set<String> KEYS = Set.of("tolerance", BITS, "splits");
  private static final int MANY = 10_000_000;

  @Override
  public String group() {
    return "splits";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    report.line(golden, comparison -> check(golden.read(KEYS), comparison));
  }

  private static void check(JsonNode golden, Comparison comparison) {
    Tolerance tolerance = Tolerance.of(golden.path("tolerance"), "tolerance");
    MersenneTwister twister = new MersenneTwister(42);
    for (JsonNode bits : golden.path(BITS)) {
      comparison.equal(BITS, bits.asLong(), Integer.toUnsignedLong(twister.nextBits()));
    }
    JsonNode splits = golden.path("splits");
    for (int i = 0; i < splits.size(); i++) {
      checkSplit(comparison.section("splits[" + i + "]", splits.get(i)), tolerance);
    }
  }

  private static void checkSplit(Section expected, Tolerance tolerance) {
    int size = Numbers.whole(expected.take("total_size"), expected.path("total_size"), 0, MANY);
    double share = Numbers.one(expected.take("val_size"), expected.path("val_size"));
    Splits found = SeedCompatibleSplit.shuffled(size, share);
    for (String key : expected.keys()) {
      if (key.equals("sizes")) {
        Section sizes = expected.section(key);
        parts(sizes).forEach(p -> sizes.compare(p.label(), found.of(p).size(), tolerance));
      } else if (key.equals("crc32")) {
        Section sums = expected.section(key);
        parts(sums).forEach(p -> sums.compare(p.label(), crc32(found.of(p)), tolerance));
      } else if (key.matches("first[1-9][0-9]{0,4}")) {
        Section firsts = expected.section(key);
        int count = Integer.parseInt(key.substring("first".length()));
        parts(firsts).forEach(p -> firsts.compare(p.label(), first(found.of(p), count), tolerance));
      }
    }
  }

  private static List<Split> parts(Section section) {
    return List.of(Split.values()).stream().filter(part -> section.has(part.label())).toList();
  }

  private static double[] first(List<Integer> images, int count) {
    return images.stream().limit(count).mapToDouble(Integer::doubleValue).toArray();
  }

  private static double crc32(List<Integer> images) {
    CRC32 crc = new CRC32();
    String joined = images.stream().map(String::valueOf).collect(Collectors.joining(","));
    crc.update(joined.getBytes(StandardCharsets.UTF_8));
    return (double) crc.getValue();
  }
}
