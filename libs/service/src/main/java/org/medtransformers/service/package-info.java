/** What every service needs once: outbox, inbox, job table, problem details, paths. */
package org.medtransformers.service;
