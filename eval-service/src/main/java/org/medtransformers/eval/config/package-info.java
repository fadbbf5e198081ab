/** What an operator can set. */
package org.medtransformers.eval.config;
