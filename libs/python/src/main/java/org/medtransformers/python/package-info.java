/** For tests: other people's programs, in Python. */
package org.medtransformers.python;
