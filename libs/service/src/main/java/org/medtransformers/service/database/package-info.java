/** Plain SQL in the transactions that the rest of a service uses too. */
package org.medtransformers.service.database;
