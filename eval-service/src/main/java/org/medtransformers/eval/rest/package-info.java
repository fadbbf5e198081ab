/** What can be asked over HTTP. */
package org.medtransformers.eval.rest;
