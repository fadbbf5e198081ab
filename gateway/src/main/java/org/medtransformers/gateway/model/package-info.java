/** What was trained, by name. */
package org.medtransformers.gateway.model;
