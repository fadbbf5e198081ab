package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;

class HelpTest extends CommandTest {
  @Test
  void everyCommandHasHelpVersionAndExitCodes() {
    Set<String> commands = Medtrans.commandLine(Environment.ofProcess()).getSubcommands().keySet();
    for (String command : commands) {
      out.getBuffer().setLength(0);
      assertEquals(ExitCode.OK, medtrans(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: medtrans " + command), command);
      assertTrue(out.toString().contains("Exit codes:"), command);
      assertEquals(ExitCode.OK, medtrans(command, "--version"), command);
    }
  }

  @Test
  void completionIsAScriptThatBashTakesAndThatOffersTheCommands() throws Exception {
    assertEquals(ExitCode.OK, medtrans("completion"));
    Path script = Files.writeString(folder.resolve("completion.bash"), out.toString());
    assertEquals(
        "report results resume run",
        bash(
            """
            source "$1"
            COMP_WORDS=(medtrans r); COMP_CWORD=1; COMP_LINE='medtrans r'; COMP_POINT=10
            _complete_medtrans
            echo $(printf '%s\\n' "${COMPREPLY[@]}" | sort)
            """,
            script));
  }

  private static String bash(String program, Path argument)
      throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-c", program, "bash", argument.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), output);
    return output.strip();
  }
}
