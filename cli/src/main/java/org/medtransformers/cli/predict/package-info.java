/** What a trained model says of images that are in no data set. */
package org.medtransformers.cli.predict;
