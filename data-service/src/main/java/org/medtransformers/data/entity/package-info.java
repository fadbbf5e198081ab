/** The registry's rows. */
package org.medtransformers.data.entity;
