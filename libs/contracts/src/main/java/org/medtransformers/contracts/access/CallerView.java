package org.medtransformers.contracts.access;

/** {@code GET /api/v1/caller}: who asks, and what they may do. */
public record CallerView(String person, String team, Role role) {}
