/** Runs as they are read and evaluated again. */
package org.medtransformers.gateway.run;
