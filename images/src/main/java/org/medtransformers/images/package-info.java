/** Container images, layer by layer; those that change seldom come first. */
package org.medtransformers.images;
