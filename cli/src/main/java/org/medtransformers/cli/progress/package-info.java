/** What a person sees while runs go on, and afterwards. */
package org.medtransformers.cli.progress;
