/** What a training can begin with, and whether it fits. */
package org.medtransformers.gateway.start;
