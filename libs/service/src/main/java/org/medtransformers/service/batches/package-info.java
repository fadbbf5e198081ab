/** The client of those services that read batches, configured. */
package org.medtransformers.service.batches;
