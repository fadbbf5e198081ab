/** What a service refuses whoever asks, since no honest client sends it. */
package org.medtransformers.service.access;
