/** The REST API. */
package org.medtransformers.gateway.rest;
