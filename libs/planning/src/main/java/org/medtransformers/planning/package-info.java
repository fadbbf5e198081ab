/**
 * From what was seen of the data, what was measured and a time to an experiment file: pure rules.
 * {@link org.medtransformers.planning.Planner} says what has to be measured next, or the plan.
 */
package org.medtransformers.planning;
