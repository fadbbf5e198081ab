/**
 * Files that others read: whole or not at all, locked, checked, below the folders they may be in.
 */
package org.medtransformers.files;
