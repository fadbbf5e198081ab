/** Runs the golden cases that concern claims, with the very code that compares and evaluates. */
package org.medtransformers.golden.statistics;
