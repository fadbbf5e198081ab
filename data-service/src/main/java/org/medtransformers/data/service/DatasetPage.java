package org.medtransformers.data.service;

import java.util.List;

/**
 * Prepared data sets, the newest first.
 *
 * @param page from 0
 * @param total data sets there are on all pages
 */
public record DatasetPage(List<DatasetView> items, int page, int size, long total) {}
