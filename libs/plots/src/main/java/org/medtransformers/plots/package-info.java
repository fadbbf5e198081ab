/** Pictures for people, drawn with the JDK's own means. */
package org.medtransformers.plots;
