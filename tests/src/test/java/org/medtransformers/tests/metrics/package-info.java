/** What people see of the running suite: metrics, dashboards, alerts. */
package org.medtransformers.tests.metrics;
