/** Commands from Kafka. */
package org.medtransformers.eval.messaging;
