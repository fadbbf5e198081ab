/** Pictures of what was found. */
package org.medtransformers.cli.plot;
