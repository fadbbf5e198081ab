/** What an operator can set. */
package org.medtransformers.trainer.config;
