/** The data sets' layouts on disk: label files, images, classes. */
package org.medtransformers.imaging.dataset;
