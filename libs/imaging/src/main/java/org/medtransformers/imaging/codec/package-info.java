/** Files to pixels and back: PNG and JPEG, bounded, equal to what PIL reads. */
package org.medtransformers.imaging.codec;
