/** Who did what, and when. */
package org.medtransformers.contracts.audit;
