package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/experiments/{id}/runs}: in the order of the expanded experiment.
 *
 * @param page from 0
 * @param total runs there are on all pages
 */
public record RunPage(List<RunView> items, int page, int size, long total) {}
