/** The packaged suite under faults that are drawn from a seed, and what must hold after them. */
package org.medtransformers.tests.chaos;
