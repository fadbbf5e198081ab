/** The {@code medtrans} command: its subcommands and their flags. */
package org.medtransformers.cli.command;
