/** What surrounds a command: where it speaks, what interrupts it, what it returns. */
package org.medtransformers.cli.terminal;
