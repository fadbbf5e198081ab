/** What is configured and injected. */
package org.medtransformers.gateway.config;
