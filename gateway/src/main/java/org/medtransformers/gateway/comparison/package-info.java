/** Runs beside each other: tables, searches, paired tests. */
package org.medtransformers.gateway.comparison;
