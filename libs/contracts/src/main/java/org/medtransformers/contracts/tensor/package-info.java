/** Tensors as they travel between services and into files: the safetensors format. */
package org.medtransformers.contracts.tensor;
