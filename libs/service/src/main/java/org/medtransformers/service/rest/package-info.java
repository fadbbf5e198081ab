/** What the REST interfaces of services have in common. */
package org.medtransformers.service.rest;
