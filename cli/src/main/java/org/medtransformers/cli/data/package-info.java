/** What a data set is like, told before anything is trained on it. */
package org.medtransformers.cli.data;
