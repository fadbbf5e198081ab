/** REST bodies in the JSON dialect of the contracts. */
package org.medtransformers.service.json;
