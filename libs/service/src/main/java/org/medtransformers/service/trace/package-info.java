/** Traces that follow a request through outbox, broker, job table and batches. */
package org.medtransformers.service.trace;
