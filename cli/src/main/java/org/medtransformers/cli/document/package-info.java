/** From a file and flags to the experiment document that is sent. */
package org.medtransformers.cli.document;
