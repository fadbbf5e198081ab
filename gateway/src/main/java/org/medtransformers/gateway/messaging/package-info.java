/** What the gateway hears over Kafka. */
package org.medtransformers.gateway.messaging;
