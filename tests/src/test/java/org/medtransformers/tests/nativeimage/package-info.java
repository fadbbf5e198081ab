/** What must be true of each packaged service before GraalVM can make a program of it. */
package org.medtransformers.tests.nativeimage;
