/** Files brought by HTTP: resumed, patient, one at a time per folder. */
package org.medtransformers.files.download;
