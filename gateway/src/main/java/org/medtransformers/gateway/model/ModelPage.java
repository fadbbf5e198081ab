package org.medtransformers.gateway.model;

import java.util.List;

/**
 * Models, the newest first.
 *
 * @param page from 0
 * @param total models there are on all pages
 */
public record ModelPage(List<ModelView> items, int page, int size, long total) {}
