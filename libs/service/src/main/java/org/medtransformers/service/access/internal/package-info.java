/** How services know each other: what they show when they ask, and what they want to be shown. */
package org.medtransformers.service.access.internal;
