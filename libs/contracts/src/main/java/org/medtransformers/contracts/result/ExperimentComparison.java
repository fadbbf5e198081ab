package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/experiments/{id}/comparison}: the table of one or several experiments, and
 * tests of whether what it shows is more than chance.
 *
 * @param tests between the models of one initialisation, and the initialisations of one model
 * @param verdicts a sentence for each data set on which models are tested
 * @param ranks over several data sets; null where there are none
 * @param labelEfficiency of data sets of which several fractions of the training images were used
 * @param costs of each row on each data set and kind of machine
 * @param notes what a reader should know, such as what could not be compared and why
 */
public record ExperimentComparison(
    List<ExperimentResult.Summary> experiments,
    ComparisonTable table,
    List<PairedComparison> tests,
    List<DatasetVerdict> verdicts,
    ModelRanks ranks,
    List<LabelEfficiency> labelEfficiency,
    List<ArmCost> costs,
    List<String> notes) {}
