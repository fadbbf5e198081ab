/** The REST API: prepared data sets, loaders, batches. */
package org.medtransformers.data.rest;
