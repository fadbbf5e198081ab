package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/experiments}: the newest first.
 *
 * @param page from 0
 * @param total experiments there are on all pages
 */
public record ExperimentPage(
    List<ExperimentResult.Summary> items, int page, int size, long total) {}
