/** Erasing a patient's images from all that was derived from them. */
package org.medtransformers.gateway.erasure;
