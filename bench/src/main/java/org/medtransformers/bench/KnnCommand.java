package org.medtransformers.bench;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Nearest neighbours. */
@Command(
    name = "knn",
    description = {
      "Times the weighted vote of the nearest neighbours of random embeddings, of eight classes.",
      "The last line is JSON: milliseconds for all queries."
    })
final class KnnCommand extends LibtorchCommand {
  @Option(names = "--bank", defaultValue = "20000", description = "Stored (${DEFAULT-VALUE})")
  private int bank;

  @Option(names = "--queries", defaultValue = "2500", description = "Asked (${DEFAULT-VALUE})")
  private int queries;

  @Option(names = "--dim", defaultValue = "384", description = "Features (${DEFAULT-VALUE})")
  private int dim;

  @Option(names = "--k", defaultValue = "200", description = "Neighbours (${DEFAULT-VALUE})")
  private int k;

  KnnCommand(Path home) {
    super(home);
  }

  @Override
  Computation computation() {
    requirePositive("--bank", bank);
    requirePositive("--queries", queries);
    requirePositive("--dim", dim);
    requirePositive("--k", k);
    return new KnnVotes(bank, queries, dim, k)::measure;
  }
}
