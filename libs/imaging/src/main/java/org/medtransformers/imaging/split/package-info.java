/** Which image trains, validates or tests. */
package org.medtransformers.imaging.split;
