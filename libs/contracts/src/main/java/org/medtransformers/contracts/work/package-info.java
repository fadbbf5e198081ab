/** What workers tell of themselves over HTTP: the work that is open, and with what they do it. */
package org.medtransformers.contracts.work;
