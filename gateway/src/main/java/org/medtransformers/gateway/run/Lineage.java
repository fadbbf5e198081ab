package org.medtransformers.gateway.run;

import java.util.List;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.gateway.entity.RunReference;

/**
 * Where a run's model comes from, and where it went.
 *
 * @param source the run whose model it began with or tests; null where there is none
 * @param use what is taken over of a model that it began with; null where it began with first
 *     weights, only tests, or waits for the phase before
 * @param onlyTests whether it trains nothing
 * @param continuedBy the runs that began with its model, or will: the newest ones
 * @param testedBy the runs that test its model, likewise
 */
public record Lineage(
    RunReference source,
    StartingPoint.Use use,
    boolean onlyTests,
    List<RunReference> continuedBy,
    List<RunReference> testedBy) {}
