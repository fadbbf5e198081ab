/** What the services say to each other: events, run configuration, tensors, error codes. */
package org.medtransformers.contracts;
