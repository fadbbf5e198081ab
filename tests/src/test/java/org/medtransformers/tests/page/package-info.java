/** The gateway's page in a real browser. */
package org.medtransformers.tests.page;
