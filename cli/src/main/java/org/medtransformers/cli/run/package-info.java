/** One experiment from sending it to its table. */
package org.medtransformers.cli.run;
