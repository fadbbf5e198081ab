/** The evaluation job: one model on the test split, and the files that result. */
package org.medtransformers.eval.job;
