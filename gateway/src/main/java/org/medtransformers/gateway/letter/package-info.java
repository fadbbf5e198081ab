/** Records that services have put aside: kept, shown, sent again and dropped. */
package org.medtransformers.gateway.letter;
