package org.medtransformers.gateway.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.RunView;

/**
 * Everything about one run.
 *
 * @param config the resolved run file
 * @param configSha256 of its text
 * @param dataset null until it is prepared
 * @param checkpoint folder of the model, relative to the artifact root; null until trained
 * @param ended null while it runs
 * @param notices what a reader of the results should know of data set, training and evaluation
 * @param progress the curve of the training loss; a resumed attempt replaces what it repeats
 * @param validations metrics on the validation split, likewise
 */
public record RunDetail(
    String experimentId,
    RunView run,
    JsonNode config,
    String configSha256,
    PreparedDataset dataset,
    String checkpoint,
    Instant created,
    Instant ended,
    List<String> notices,
    List<TrainingEvent.Progress> progress,
    List<TrainingEvent.Validated> validations) {}
