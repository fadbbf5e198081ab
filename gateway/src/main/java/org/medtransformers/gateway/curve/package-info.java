/** Curves of trainings, as charts show them: some points of each run, and many runs as one band. */
package org.medtransformers.gateway.curve;
