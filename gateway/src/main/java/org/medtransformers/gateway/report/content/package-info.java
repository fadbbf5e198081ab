/** What the report of an experiment says: facts, then sections of sentences, tables and figures. */
package org.medtransformers.gateway.report.content;
