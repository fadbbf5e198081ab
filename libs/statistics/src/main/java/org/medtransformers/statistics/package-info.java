/** What is measured of predictions, and how sure one can be of it. */
package org.medtransformers.statistics;
