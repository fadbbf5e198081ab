/** From an experiment document to runs in the table. */
package org.medtransformers.gateway.submission;
