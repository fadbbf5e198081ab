/** What computing takes: time, memory, energy, and on which machine. */
package org.medtransformers.learning.cost;
