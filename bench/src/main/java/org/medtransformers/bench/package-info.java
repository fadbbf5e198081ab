/** Measures how fast this machine is: {@code medtrans bench}. */
package org.medtransformers.bench;
