package org.medtransformers.contracts.result;

import java.util.List;

/**
 * {@code GET /api/v1/dead-letters}: the newest first.
 *
 * @param page from 0
 * @param total letters there are on all pages
 */
public record DeadLetterPage(List<DeadLetterView> items, int page, int size, long total) {}
