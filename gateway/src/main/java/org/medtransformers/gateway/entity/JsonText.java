package org.medtransformers.gateway.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.gateway.lifecycle.TrainedModel;

/**
 * Keeps records in text columns, in the JSON that they have everywhere else. They are immutable,
 * which spares reading and writing each once more to see whether it has changed.
 */
@RegisterForReflection(targets = TrainedModel.class)
abstract class JsonText<T> implements AttributeConverter<T, String> {
  private final Class<T> type;

  JsonText(Class<T> type) {
    this.type = type;
  }

  @Override
  public String convertToDatabaseColumn(T value) {
    return value == null ? null : Json.write(value);
  }

  @Override
  public T convertToEntityAttribute(String text) {
    return text == null ? null : Json.read(text, type);
  }

  @Converter
  @Immutable
  static final class Progress extends JsonText<RunProgress> {
    Progress() {
      super(RunProgress.class);
    }
  }

  @Converter
  @Immutable
  static final class Prepared extends JsonText<PreparedDataset> {
    Prepared() {
      super(PreparedDataset.class);
    }
  }

  @Converter
  @Immutable
  static final class MetricsText extends JsonText<Metrics> {
    MetricsText() {
      super(Metrics.class);
    }
  }

  @Converter
  @Immutable
  static final class Costs extends JsonText<RunCosts> {
    Costs() {
      super(RunCosts.class);
    }
  }

  @Converter
  @Immutable
  static final class ErrorText extends JsonText<ErrorInfo> {
    ErrorText() {
      super(ErrorInfo.class);
    }
  }

  @Converter
  @Immutable
  static final class Model extends JsonText<TrainedModel> {
    Model() {
      super(TrainedModel.class);
    }
  }

  @Converter
  @Immutable
  static final class Start extends JsonText<StartingPoint> {
    Start() {
      super(StartingPoint.class);
    }
  }

  @Converter
  @Immutable
  static final class Texts implements AttributeConverter<List<String>, String> {
    @Override
    public String convertToDatabaseColumn(List<String> value) {
      return Json.write(value);
    }

    @Override
    public List<String> convertToEntityAttribute(String text) {
      return List.of(Json.read(text, String[].class));
    }
  }
}
