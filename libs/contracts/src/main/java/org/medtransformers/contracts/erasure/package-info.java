/** Images that are erased with what was derived from them. */
package org.medtransformers.contracts.erasure;
