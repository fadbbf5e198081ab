/** Pictures that are the same, or nearly: what they look like, and which look alike. */
package org.medtransformers.imaging.similar;
