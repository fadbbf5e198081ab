/** Preparing as a leased job. */
package org.medtransformers.data.job;
