/** What all clients of the platform's HTTP interfaces share. */
package org.medtransformers.contracts.http;
