/** What is done where, and what waits. */
package org.medtransformers.gateway.machine;
