/** Whether what a service cannot do without still moves. */
package org.medtransformers.service.liveness;
