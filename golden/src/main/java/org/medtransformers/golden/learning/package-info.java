/** Runs the golden cases that concern learning, with the very code that trains and evaluates. */
package org.medtransformers.golden.learning;
