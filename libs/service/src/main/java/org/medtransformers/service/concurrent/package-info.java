/** What the background threads share. */
package org.medtransformers.service.concurrent;
