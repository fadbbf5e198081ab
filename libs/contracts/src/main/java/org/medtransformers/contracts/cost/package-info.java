/** What trainings and evaluations take: time, memory, energy, and on which machine. */
package org.medtransformers.contracts.cost;
