/** The gateway's REST API, as far as the command line needs it. */
package org.medtransformers.cli.gateway;
