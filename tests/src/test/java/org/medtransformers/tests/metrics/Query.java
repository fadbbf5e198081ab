package org.medtransformers.tests.metrics;

/**
 * What Prometheus is asked.
 *
 * @param where for people, e.g. dashboard and panel
 * @param expression with variables replaced
 * @param instant asked of the present only
 */
record Query(String where, String expression, boolean instant) {}
