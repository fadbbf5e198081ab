/**
 * Training one run, free of threads, clocks, files and messages of its own: what it needs of the
 * outside is handed in.
 */
package org.medtransformers.trainer.loop;
