/** What happens to runs, written down: events of workers applied, commands and events sent. */
package org.medtransformers.gateway.history;
