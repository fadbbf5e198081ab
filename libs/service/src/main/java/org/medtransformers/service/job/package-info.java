/**
 * Long work: claimed under a lease, fenced by attempt, given back on shutdown, never done twice.
 */
package org.medtransformers.service.job;
