package org.medtransformers.gateway.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.gateway.lifecycle.TrainedModel;

/** Keeps records in text columns, in the JSON that they have everywhere else. */
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
  static final class Progress extends JsonText<RunProgress> {
    Progress() {
      super(RunProgress.class);
    }
  }

  @Converter
  static final class Prepared extends JsonText<PreparedDataset> {
    Prepared() {
      super(PreparedDataset.class);
    }
  }

  @Converter
  static final class MetricsText extends JsonText<Metrics> {
    MetricsText() {
      super(Metrics.class);
    }
  }

  @Converter
  static final class Costs extends JsonText<RunCosts> {
    Costs() {
      super(RunCosts.class);
    }
  }

  @Converter
  static final class ErrorText extends JsonText<ErrorInfo> {
    ErrorText() {
      super(ErrorInfo.class);
    }
  }

  @Converter
  static final class Model extends JsonText<TrainedModel> {
    Model() {
      super(TrainedModel.class);
    }
  }

  @Converter
  static final class Start extends JsonText<StartingPoint> {
    Start() {
      super(StartingPoint.class);
    }
  }

  @Converter
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
