package org.medtransformers.cli.progress;

import org.medtransformers.contracts.result.ExperimentView;

/** Shows how an experiment goes on. Methods may be called from any thread. */
public interface ProgressView {

  /** The newest state of everything. */
  void show(ExperimentView experiment);

  /** Something to say besides, in one line. */
  void say(String message);

  /** Nothing more will be shown. */
  void end();
}
