/**
 * Drawn images that stand in for a data set nobody may hand out. Folders made here say that they
 * are synthetic, and so does everything that is computed from them.
 */
package org.medtransformers.imaging.phantom;
