/** Time as services are given it. */
package org.medtransformers.service.time;
