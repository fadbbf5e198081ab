/** Pictures for people. */
package org.medtransformers.plots;
