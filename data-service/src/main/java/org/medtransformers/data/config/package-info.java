/** What is configured and injected. */
package org.medtransformers.data.config;
