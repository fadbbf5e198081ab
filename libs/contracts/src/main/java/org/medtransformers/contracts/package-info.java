/** Event records, the experiment file, error codes: what the services say to each other. */
package org.medtransformers.contracts;
