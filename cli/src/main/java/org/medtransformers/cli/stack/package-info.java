/** Finds the platform to talk to, or starts one for the duration. */
package org.medtransformers.cli.stack;
