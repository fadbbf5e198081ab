/** Networks that learn: a step, what it needs, and how it is saved. */
package org.medtransformers.learning.training;
