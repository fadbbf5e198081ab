/** Networks in libtorch's memory: what they say of images, and the arrays that training moves. */
package org.medtransformers.learning.network;
