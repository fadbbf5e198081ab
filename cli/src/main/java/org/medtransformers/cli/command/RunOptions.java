package org.medtransformers.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.gateway.Checkpoints;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.contracts.config.TrainingMethod;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The flags that change the experiment document, those of the reference implementation included.
 */
final class RunOptions {
  @Mixin private DataLocationOption dataLocation;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Runs of each kind; repetition r uses seed + r")
  private Integer repetitions;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Sets one value, e.g. training_params.epochs=3 or",
        "model_params.transformers_params.img_size[0]=96; VALUE is JSON or a plain text"
      })
  private Map<String, String> sets = new LinkedHashMap<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = {
        "A run's id or folder, a model name (its latest success), or the path of a checkpoint.",
        "Without FILE its parameters are used; with --test its model is evaluated"
      })
  private String checkpoint;

  @Option(
      names = "--test",
      description = {
        "Trains nothing: evaluates the model of --checkpoint, without it the latest that was",
        "trained under FILE's model_name, each repetition its own"
      })
  private boolean test;

  @Option(names = "--gpu", paramLabel = "IDS", description = "GPUs to train on, e.g. 0 or 0,1")
  private String gpus;

  @Option(names = "--require-gpu", description = "Fails rather than trains on the CPU")
  private boolean requireGpu;

  @Option(
      names = {"--lr_finder", "--find_lr"},
      description = "Searches the learning rate")
  private boolean learningRateSearch;

  @ArgGroup(exclusive = true)
  private SelfSupervision selfSupervision;

  /** One of them at most. */
  static final class SelfSupervision {
    @Option(names = "--dino", description = "Trains without labels, with DINO")
    private boolean dino;

    @Option(names = "--byol", description = "Trains without labels, with BYOL")
    private boolean byol;

    @Option(names = "--simsiam", description = "Trains without labels, with SimSiam")
    private boolean simsiam;

    private TrainingMethod method() {
      if (dino) {
        return TrainingMethod.DINO;
      }
      if (byol) {
        return TrainingMethod.BYOL;
      }
      return simsiam ? TrainingMethod.SIMSIAM : TrainingMethod.SUPERVISED;
    }
  }

  Optional<Path> dataLocation(Path workingDirectory) {
    return dataLocation.in(workingDirectory);
  }

  boolean hasCheckpoint() {
    return checkpoint != null;
  }

  boolean testOnly() {
    return test;
  }

  Changes changes(Environment environment) {
    return new Changes(
        dataLocation(environment.workingDirectory()),
        Optional.ofNullable(repetitions),
        sets,
        Optional.ofNullable(gpus),
        Optional.ofNullable(selfSupervision).map(SelfSupervision::method),
        learningRateSearch,
        requireGpu,
        test,
        Optional.ofNullable(checkpoint)
            .map(c -> Checkpoints.name(c, environment.workingDirectory(), environment.runs())));
  }
}
