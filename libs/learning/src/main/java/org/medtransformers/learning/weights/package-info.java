/** Weight files from outside: read without trusting them, fitted to our networks, fetched. */
package org.medtransformers.learning.weights;
