/** Commands from Kafka. */
package org.medtransformers.trainer.messaging;
