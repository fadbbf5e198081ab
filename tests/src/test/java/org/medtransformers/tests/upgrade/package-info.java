/** What an older version has left behind, and what the newest makes of it. */
package org.medtransformers.tests.upgrade;
