/** Broker and database for the tests of the services. */
package org.medtransformers.localstack.testing;
