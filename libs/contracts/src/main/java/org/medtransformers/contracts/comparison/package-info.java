/** A comparison that is planned from a folder of images, a question and a time. */
package org.medtransformers.contracts.comparison;
