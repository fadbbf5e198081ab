/** Experiments as they are read, followed, compared, cancelled and deleted. */
package org.medtransformers.gateway.experiment;
