/** Configuration that all services share. */
package org.medtransformers.service.config;
