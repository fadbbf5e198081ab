/** Files brought by HTTP: resumed, patient, one at a time per folder. */
package org.medtransformers.contracts.download;
