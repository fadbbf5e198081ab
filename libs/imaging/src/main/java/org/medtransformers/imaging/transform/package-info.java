/**
 * Augmentation equal to torchvision on PIL images. Drawing ({@link
 * org.medtransformers.imaging.transform.Draw}) is apart from doing ({@link
 * org.medtransformers.imaging.transform.Operation}): an operation holds every parameter and is
 * deterministic to the byte.
 */
package org.medtransformers.imaging.transform;
