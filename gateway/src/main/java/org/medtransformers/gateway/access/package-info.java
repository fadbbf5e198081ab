/** Who asks, and what they may see and do. */
package org.medtransformers.gateway.access;
