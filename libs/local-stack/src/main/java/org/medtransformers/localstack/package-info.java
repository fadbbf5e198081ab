/** A real Kafka broker, a real PostgreSQL and the services on one machine, from Maven artifacts. */
package org.medtransformers.localstack;
