/** Experiments as they are read, followed, cancelled and deleted. */
package org.medtransformers.gateway.experiment;
