/** The training job: one attempt at a run, its files and its events. */
package org.medtransformers.trainer.job;
