/** Who may do what, as the gateway and its clients say it to each other. */
package org.medtransformers.contracts.access;
