/** Paths that come from outside, checked before anything is opened. */
package org.medtransformers.service.path;
