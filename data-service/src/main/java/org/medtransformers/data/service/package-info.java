/** Prepared data sets and loaders, known to every replica. */
package org.medtransformers.data.service;
