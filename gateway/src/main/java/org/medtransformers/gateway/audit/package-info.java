/** Who did what: written when it is asked for and when it is done, and never changed. */
package org.medtransformers.gateway.audit;
