/** What a text for readers is made of, and how it is written as HTML, Markdown, LaTeX and text. */
package org.medtransformers.gateway.document;
