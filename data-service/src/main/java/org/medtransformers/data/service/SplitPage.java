package org.medtransformers.data.service;

import java.util.List;

/**
 * Splits, the newest first.
 *
 * @param page from 0
 * @param total splits there are on all pages
 */
public record SplitPage(List<SplitView> items, int page, int size, long total) {}
