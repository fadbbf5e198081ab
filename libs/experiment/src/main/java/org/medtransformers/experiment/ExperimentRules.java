package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.matching;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.oneOf;
import static org.medtransformers.experiment.Rules.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.TrainingMethod;

/** The {@code experiment} object: what is varied and repeated. */
final class ExperimentRules {
  private ExperimentRules() {}

  static ObjectRule experiment() {
    Rule overrides =
        new Rule.Value("an object of JSON path: value", JsonNode::isObject, v -> v.size() <= 1000);
    Rule label = matching("\\P{Cc}{1,200}", "a text without control characters");
    ObjectRule phase =
        object()
            .required("method", oneOf(TrainingMethod.class))
            .optional("label", label)
            .optional("set", overrides, Map.of())
            .build();
    Rule phases = list(phase, 1, 8);
    ObjectRule entry =
        object()
            .required("label", label)
            .optional("set", overrides, Map.of())
            .optional("phases", phases)
            .build();
    return object()
        .optional(
            "name", matching("[\\w.+ -]{1,200}", "a name of letters, digits, blanks and . _ + -"))
        .optional("seed", whole(0, Long.MAX_VALUE / 2), 0)
        .optional("repetitions", whole(1, 1000), 1)
        .optional("matrix", list(list(entry, 1, 100), 0, 16), List.of())
        .optional("phases", phases)
        .build();
  }
}
