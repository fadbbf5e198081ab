/** Runs the golden cases that concern images, with the very code that prepares and augments. */
package org.medtransformers.golden.imaging;
