/** What the gateway keeps, and how it is found. */
package org.medtransformers.gateway.entity;
