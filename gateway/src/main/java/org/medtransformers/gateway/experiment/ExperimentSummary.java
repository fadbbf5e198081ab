package org.medtransformers.gateway.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.access.Sharing;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;

/**
 * An experiment in a list: its marks, and how far it is.
 *
 * @param ended null while it runs
 * @param owner the person that it belongs to
 * @param sharing who sees it besides that person
 * @param datasets kinds of data sets that its runs have
 * @param runs how many are in which state; states without any are left out
 * @param done part of its runs, 0 to 1; of a run that is being trained the part of its iterations
 * @param secondsLeft estimate by what its runs have taken so far; null where nothing is known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentSummary(
    String id,
    String name,
    ExperimentState state,
    Instant created,
    Instant ended,
    String owner,
    String team,
    Sharing sharing,
    boolean starred,
    boolean archived,
    List<String> tags,
    String note,
    List<String> datasets,
    Map<RunState, Long> runs,
    double done,
    Double secondsLeft) {

  /**
   * One page of them.
   *
   * @param page from 0
   * @param total on all pages
   */
  public record Page(List<ExperimentSummary> items, int page, int size, long total) {}

  /** What a list can be narrowed to: values that experiments have, in their order. */
  public record Choices(List<String> datasets, List<String> owners, List<String> tags) {}
}
