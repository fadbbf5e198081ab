/** What runs that have ended leave behind, removed in small steps once nobody needs it. */
package org.medtransformers.gateway.retention;
