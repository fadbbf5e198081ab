/** The other services, asked over HTTP for what only they know. */
package org.medtransformers.gateway.peer;
