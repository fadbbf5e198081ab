/**
 * Reference numbers in a folder, and the comparison with them: {@link
 * org.medtransformers.parity.Parity} walks a {@link org.medtransformers.parity.GoldenFolder}, a
 * {@link org.medtransformers.parity.CaseRunner} per group computes, a {@link
 * org.medtransformers.parity.Comparison} judges.
 */
package org.medtransformers.parity;
