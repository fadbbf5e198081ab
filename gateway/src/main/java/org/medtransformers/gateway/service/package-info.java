/** What clients and events ask for, done in transactions around the pure life cycle. */
package org.medtransformers.gateway.service;
