/** Counter-based random numbers. */
package org.medtransformers.imaging.random;
