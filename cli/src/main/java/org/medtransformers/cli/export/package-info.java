/** Trained models as files for other programs. */
package org.medtransformers.cli.export;
