package org.medtransformers.cli.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.medtransformers.cli.gateway.DeadLetterIds;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.contracts.result.DeadLetterView;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters something is to be done to. */
final class ChosenLetters {
  @Parameters(arity = "1..*", paramLabel = "ID", description = "Letters' ids or their beginnings")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", required = true, description = "All that wait")
  private boolean all;

  /** The oldest first, as they came. */
  List<DeadLetterView> of(GatewayClient client) {
    if (!all) {
      return DeadLetterIds.find(client, ids);
    }
    List<DeadLetterView> waiting = new ArrayList<>(DeadLetterIds.all(client, "waiting"));
    Collections.reverse(waiting);
    return waiting;
  }
}
