/** What a new experiment may begin from. */
package org.medtransformers.gateway.template;
