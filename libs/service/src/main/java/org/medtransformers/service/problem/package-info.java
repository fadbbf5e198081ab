/** Errors as RFC 9457 problem details. */
package org.medtransformers.service.problem;
