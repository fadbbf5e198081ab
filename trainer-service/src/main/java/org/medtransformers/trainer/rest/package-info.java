/** What can be asked over HTTP. */
package org.medtransformers.trainer.rest;
