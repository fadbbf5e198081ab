/** The life of a run as a pure function: no clock, no database, no broker. */
package org.medtransformers.gateway.lifecycle;
