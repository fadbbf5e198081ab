package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run as the resolved experiment file says it: the same keys, defaults filled in. Made by
 * {@link org.medtransformers.experiment.ExperimentFile}; the components follow {@code
 * docs/experiment-file.md}.
 */
public record RunConfig(
    @JsonProperty("dataset_params") DatasetParams dataset,
    @JsonProperty("dataloader_params") DataloaderParams dataloaders,
    @JsonProperty("model_params") ModelParams model,
    @JsonProperty("optimization_params") OptimizationParams optimization,
    @JsonProperty("training_params") TrainingParams training,
    @JsonProperty("system_params") SystemParams system,
    @JsonProperty("log_params") LogParams log,
    @JsonProperty("transfer_learning_params") TransferLearning transfer,
    @JsonProperty("medtrans") Medtrans medtrans) {

  /** What the run is called: {@code log_params.run_name}, or its model's name. */
  public String runName() {
    return log == null || log.byModelName() ? training.modelName() : log.runName();
  }

  /** What {@code log_params} says that the run belongs to. */
  public String projectName() {
    return log == null ? "medtransformers" : log.projectName();
  }

  /** Whether the backbone of an earlier training is the start. */
  public boolean transfers() {
    return transfer != null && transfer.usePretrained();
  }

  /** The same without a folder for a copy of the checkpoint. */
  public RunConfig withoutSaveDir() {
    return new RunConfig(
        dataset,
        dataloaders,
        model,
        optimization,
        training.withoutSaveDir(),
        system,
        log,
        transfer,
        medtrans);
  }

  /** Whether the nearest neighbours of validation images are asked while it trains. */
  public boolean asksNeighbours() {
    return training.knnEval() || !medtrans.supervised();
  }

  /** The share of the training images that is used, above 0 to 1. */
  public double trainFraction() {
    return medtrans.split() == null ? 1 : medtrans.split().usedFraction();
  }

  /** Images whose gradients go into one update of the weights. */
  public int effectiveBatch() {
    return dataloaders.trainloader().batchSize() * medtrans.accumulateSteps();
  }

  /** Whether images of one split are looked at as those of another are, to compare them. */
  public boolean looksAcrossSplits() {
    Evaluation evaluation = medtrans.evaluation();
    return asksNeighbours()
        || training.logEmbeddings()
        || evaluation.knn()
        || evaluation.linear()
        || evaluation.umap()
        || evaluation.split() != org.medtransformers.contracts.data.Split.TEST
        || !sizes(dataset.valTransforms()).equals(sizes(dataset.testTransforms()));
  }

  /** Thresholds for test images are chosen on validation images that are looked at alike. */
  private static List<Optional<Transforms.Resize>> sizes(List<Transforms> views) {
    return views.stream().map(Transforms::appliedResize).toList();
  }

  /**
   * Which images, and what is done to them. One element per view in each list of transforms.
   *
   * @param name that the data set has in tables; null for its own, see {@link DatasetTitle}
   */
  public record DatasetParams(
      DatasetName dataset,
      @JsonProperty("data_location") String dataLocation,
      @JsonProperty("train_transforms")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<Transforms> trainTransforms,
      @JsonProperty("val_transforms")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<Transforms> valTransforms,
      @JsonProperty("test_transforms")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<Transforms> testTransforms,
      String name) {
    /** Under its own name. */
    public DatasetParams(
        DatasetName dataset,
        String dataLocation,
        List<Transforms> trainTransforms,
        List<Transforms> valTransforms,
        List<Transforms> testTransforms) {
      this(dataset, dataLocation, trainTransforms, valTransforms, testTransforms, null);
    }
  }

  public record DataloaderParams(Loader trainloader, Loader valloader, Loader testloader) {}

  public record Loader(
      @JsonProperty("batch_size") int batchSize,
      boolean shuffle,
      @JsonProperty("drop_last") boolean dropLast) {}

  public record ModelParams(
      @JsonProperty("backbone_type") Backbone backbone,
      @JsonProperty("transformers_params") TransformerParams transformer,
      boolean pretrained,
      @JsonProperty("freeze_backbone") boolean freezeBackbone,
      @JsonProperty("DINO") DinoParams dino) {}

  /**
   * What the published format says of DINO.
   *
   * @param projectionSize outputs of the head
   * @param movingAverageDecay the teacher's momentum at the start
   * @param ncrops views of each image, two of them global; null for as many as there are
   */
  public record DinoParams(
      @JsonProperty("projection_size") int projectionSize,
      @JsonProperty("moving_average_decay") double movingAverageDecay,
      Integer ncrops,
      @JsonProperty("warmup_teacher_temp") double warmupTeacherTemp,
      @JsonProperty("teacher_temp") double teacherTemp,
      @JsonProperty("warmup_teacher_temp_epochs") int warmupTeacherTempEpochs,
      @JsonProperty("student_temp") double studentTemp,
      @JsonProperty("center_momentum") double centerMomentum) {}

  /** Sizes in pixels. */
  public record TransformerParams(
      @JsonProperty("img_size") List<Integer> imgSize,
      @JsonProperty("patch_size") int patchSize,
      @JsonProperty("pretrained_type") PretrainedType pretrainedType,
      @JsonProperty("is_memory_efficient") boolean memoryEfficient,
      @JsonProperty("drop_path_rate") double dropPathRate) {

    /** Whether an image of {@code img_size} is a whole number of patches high. */
    public boolean patchFits() {
      return imgSize.get(0) % patchSize == 0;
    }
  }

  public record OptimizationParams(@JsonProperty("default") Optimization main) {}

  public record Optimization(
      Optimizer optimizer, @JsonProperty("LARS_params") Lars lars, Scheduler scheduler) {}

  /**
   * {@code params} holds PyTorch's arguments by PyTorch's names, all filled in: {@code lr}, {@code
   * weight_decay}, {@code betas}, {@code eps}, {@code momentum}, …
   */
  public record Optimizer(
      OptimizerType type, @JsonProperty("autoscale_lr") boolean autoscaleLr, JsonNode params) {}

  public record Lars(
      boolean use,
      @JsonProperty("batch_act_thresh") int batchActThresh,
      double eps,
      @JsonProperty("trust_coef") double trustCoef) {}

  /** {@code type} lists the schedulers that act; {@code params} is by scheduler. */
  public record Scheduler(List<SchedulerType> type, Map<SchedulerType, JsonNode> params) {}

  /**
   * @param logEmbeddings whether each validation leaves a UMAP of the embeddings
   * @param knnEval whether each validation also asks the nearest neighbours
   * @param knnNeighbours how many of them; null: a tenth of the training images, at most 200
   * @param saveDir null where the worker must not write there
   */
  public record TrainingParams(
      @JsonProperty("model_name") String modelName,
      int epochs,
      @JsonProperty("val_every") double valEvery,
      @JsonProperty("log_every") int logEvery,
      @JsonProperty("save_best_model") boolean saveBestModel,
      @JsonProperty("grad_clipping") double gradClipping,
      @JsonProperty("restore_session") boolean restoreSession,
      @JsonProperty("restore_only_model") boolean restoreOnlyModel,
      @JsonProperty("use_mixed_precision") boolean mixedPrecision,
      @JsonProperty("log_embeddings") boolean logEmbeddings,
      @JsonProperty("knn_eval") boolean knnEval,
      @JsonProperty("knn_nhood") Integer knnNeighbours,
      @JsonProperty("use_tensorboard") boolean tensorboard,
      @JsonProperty("save_dir") String saveDir) {

    /** Whether an earlier run of the same name is gone on with. */
    public boolean restores() {
      return restoreSession || restoreOnlyModel;
    }

    /** The same without a folder for a copy of the best model. */
    public TrainingParams withoutSaveDir() {
      return new TrainingParams(
          modelName,
          epochs,
          valEvery,
          logEvery,
          saveBestModel,
          gradClipping,
          restoreSession,
          restoreOnlyModel,
          mixedPrecision,
          logEmbeddings,
          knnEval,
          knnNeighbours,
          tensorboard,
          null);
    }
  }

  /** What people call the run, and what it belongs to. */
  public record LogParams(
      @JsonProperty("project_name") String projectName, @JsonProperty("run_name") String runName) {
    private boolean byModelName() {
      return runName.isBlank() || runName.equals("DEFINED_BY_MODEL_NAME");
    }
  }

  public record SystemParams(
      @JsonProperty("use_GPU") boolean useGpu,
      @JsonProperty("use_all_GPUs") boolean useAllGpus,
      @JsonProperty("which_GPUs") String whichGpus) {}

  /**
   * The backbone to start from: of the run or model {@code pretrainedModelName}, or with {@code
   * pretrainedPath} of a file.
   */
  public record TransferLearning(
      @JsonProperty("use_pretrained") boolean usePretrained,
      @JsonProperty("pretrained_model_name") String pretrainedModelName,
      @JsonProperty("pretrained_path") String pretrainedPath) {

    /** Whether a file is named rather than a run. */
    public boolean ofFile() {
      return !pretrainedPath.isBlank();
    }

    /** What the start is called in tables: the model's name, else that of its file. */
    public String label() {
      return pretrainedModelName.isBlank()
          ? pretrainedPath.substring(pretrainedPath.lastIndexOf('/') + 1)
          : pretrainedModelName;
    }
  }

  /**
   * Everything that the published format has no key for. With {@code testOnly} nothing is trained:
   * {@code checkpoint}, a run id, a model name or a path, is evaluated. {@code weightsFile} stands
   * in for published weights; null without one.
   *
   * @param bits that hold the samples of images in files of more, 9 to 16; null: as the files say
   * @param accumulateSteps batches per update
   * @param emaDecay 0 for no moving average
   * @param layerDecay 1 for the same learning rate in all layers
   * @param earlyStopPatience validations without improvement; null to train to the end
   * @param priority jobs of a higher one go first
   * @param retention how long the last checkpoint outlives the end of the run, a duration of ISO
   *     8601; null for as long as the installation says
   */
  public record Medtrans(
      TrainingMethod method,
      Split split,
      @JsonProperty("on_bad_image") OnBadImage onBadImage,
      Integer bits,
      Ddsm ddsm,
      OwnData.MedMnist medmnist,
      @JsonProperty("image_folder") OwnData.ImageFolder imageFolder,
      OwnData.Dicom dicom,
      OwnData.Csv csv,
      @JsonProperty("accumulate_steps") int accumulateSteps,
      @JsonProperty("label_smoothing") double labelSmoothing,
      @JsonProperty("class_weights") ClassWeights classWeights,
      @JsonProperty("ema_decay") double emaDecay,
      @JsonProperty("layer_decay") double layerDecay,
      @JsonProperty("early_stop_patience") Integer earlyStopPatience,
      @JsonProperty("keep_checkpoints") int keepCheckpoints,
      @JsonProperty("keep_best") int keepBest,
      @JsonProperty("checkpoint_every_seconds") double checkpointEverySeconds,
      String retention,
      @JsonProperty("test_only") boolean testOnly,
      @JsonProperty("require_gpu") boolean requireGpu,
      @JsonProperty("weights_file") String weightsFile,
      String checkpoint,
      Knn knn,
      Evaluation evaluation,
      Comparison comparison,
      Dino dino,
      Byol byol,
      SimSiam simsiam,
      int priority) {
    /** Documents of before these keys mean what their defaults say. */
    public Medtrans {
      method = method == null ? TrainingMethod.SUPERVISED : method;
      accumulateSteps = Math.max(1, accumulateSteps);
      keepBest = Math.max(1, keepBest);
      classWeights = classWeights == null ? ClassWeights.NONE : classWeights;
      layerDecay = layerDecay == 0 ? 1 : layerDecay;
      knn = knn == null ? Knn.DEFAULT : knn;
      evaluation = evaluation == null ? Evaluation.DEFAULT : evaluation;
      comparison = comparison == null ? Comparison.DEFAULT : comparison;
    }

    /** How long the last checkpoint outlives the end of the run, where the file says so. */
    public Optional<Duration> keptFor() {
      return Optional.ofNullable(retention).map(Duration::parse);
    }

    /** Whether labels are learned from, rather than views of the images alone. */
    public boolean supervised() {
      return method.supervised();
    }
  }

  /** Classification by nearest neighbours; {@code k} lists the numbers of them to try. */
  public record Knn(List<Integer> k, double temperature) {
    static final Knn DEFAULT = new Knn(List.of(5, 10, 20, 100, 200), 0.1);
  }

  /**
   * What is measured of a trained model besides its own metrics.
   *
   * @param split on which
   * @param knn whether nearest neighbours in the training split classify its embeddings
   * @param linear whether a linear classifier is fitted to its frozen embeddings
   * @param umap whether the embeddings of all splits are laid out in two dimensions
   * @param attention images of the split that get an overlay of what the model looks at
   * @param bootstrap resamples for the intervals; 0 for none
   * @param operatingPoint how the threshold of two classes is chosen; null: by Youden's index
   */
  public record Evaluation(
      org.medtransformers.contracts.data.Split split,
      boolean knn,
      boolean linear,
      boolean umap,
      int attention,
      int bootstrap,
      @JsonProperty("operating_point") OperatingPoint operatingPoint) {
    static final Evaluation DEFAULT =
        new Evaluation(
            org.medtransformers.contracts.data.Split.TEST, false, false, false, 0, 1000, null);
  }

  /**
   * Which threshold is taken.
   *
   * @param sensitivity that it must have on the validation split; null: Youden's index decides
   */
  public record OperatingPoint(Double sensitivity) {}

  /**
   * How models are compared.
   *
   * @param rope the largest difference of the target metric that does not matter
   */
  public record Comparison(double rope) {
    static final Comparison DEFAULT = new Comparison(0.01);
  }

  /**
   * What the published format does not say of DINO.
   *
   * @param weightDecayEnd null: 0.4 with AdamW, otherwise the weight decay stays
   * @param freezeLastLayer epochs in which the head's last layer rests
   * @param dropPath of a transformer that learns, in place of {@code drop_path_rate}
   */
  public record Dino(
      @JsonProperty("weight_decay_end") Double weightDecayEnd,
      @JsonProperty("freeze_last_layer") int freezeLastLayer,
      @JsonProperty("clip_mode") ClipMode clipMode,
      @JsonProperty("drop_path") double dropPath) {}

  /**
   * BYOL.
   *
   * @param projector widths of its layers
   * @param predictor width of its hidden layer
   * @param momentum of the target at the start and the end
   */
  public record Byol(List<Integer> projector, int predictor, List<Double> momentum) {}

  /** SimSiam; see {@link Byol}. */
  public record SimSiam(
      List<Integer> projector,
      int predictor,
      @JsonProperty("constant_predictor_lr") boolean constantPredictorLr) {}

  /**
   * How the images are divided. What the kind has no use for is null.
   *
   * @param fractions of training, validation and test images
   * @param folds number of them
   * @param fold the one that tests, from 0
   * @param seed of the order in which equal groups are placed; null for {@link #SEED}
   * @param groupColumn of the label files that names an image's group; null for the data set's own
   * @param groupPattern a regular expression over an image's path, whose group {@code group} is the
   *     image's; null for none
   * @param trainFraction share of the training images that is used; null for all
   */
  public record Split(
      SplitKind kind,
      List<Double> fractions,
      Integer folds,
      Integer fold,
      Long seed,
      @JsonProperty("group_column") String groupColumn,
      @JsonProperty("group_pattern") String groupPattern,
      @JsonProperty("train_fraction") Double trainFraction) {
    /** By which images are divided where the file says nothing else. */
    public static final long SEED = 42;

    private static final double SUM_TOLERANCE = 1e-6;

    /** Whether it is one round of a cross-validation. */
    public boolean crossValidates() {
      return kind == SplitKind.KFOLD;
    }

    /** The share of the training images that is used, above 0 to 1. */
    public double usedFraction() {
      return trainFraction == null ? 1 : trainFraction;
    }

    /** Which images train, validate and test, however many of the first are used. */
    public Split division() {
      return new Split(kind, fractions, folds, fold, seed, groupColumn, groupPattern, null);
    }

    /** By which equal groups are ordered. */
    public long seedOrDefault() {
      return seed == null ? SEED : seed;
    }

    /** Whether these are three shares of a whole, of which only validation's is 0 perhaps. */
    public static boolean isWhole(List<Double> fractions) {
      double sum = fractions.stream().mapToDouble(Double::doubleValue).sum();
      return fractions.size() == 3
          && fractions.stream().allMatch(f -> f >= 0)
          && Math.abs(sum - 1) <= SUM_TOLERANCE
          && fractions.get(0) > 0
          && fractions.get(2) > 0;
    }
  }

  /** Which images of DDSM, and in how many classes. */
  public record Ddsm(DdsmMode mode, int classes) {}
}
