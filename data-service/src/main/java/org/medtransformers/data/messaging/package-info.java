/** What the data-service hears over Kafka. */
package org.medtransformers.data.messaging;
