/** What the gateway keeps. */
package org.medtransformers.gateway.entity;
