/** Short tokens by which services know each other. */
package org.medtransformers.tokens;
