/** The experiment file: its rules, its defaults, and the runs that it makes. */
package org.medtransformers.experiment;
