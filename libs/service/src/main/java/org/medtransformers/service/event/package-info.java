/** Events out (outbox) and in (inbox): each takes effect exactly once. */
package org.medtransformers.service.event;
