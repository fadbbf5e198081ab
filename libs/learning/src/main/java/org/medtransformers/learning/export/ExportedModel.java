package org.medtransformers.learning.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.KernelSources;
import org.medtransformers.learning.engine.TorchScriptArchive;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;

/**
 * A trained network for programs other than this one. Its tensors have the names of torchvision's
 * residual networks and timm's vision transformers: {@code backbone.} is dropped, the head {@code
 * fc} of a transformer is called {@code head}. Of a network that was trained without labels it is
 * the backbone alone.
 *
 * @param state weights and running statistics by our names
 * @param metadata what the file says of itself
 */
public record ExportedModel(
    ModelSpec spec, Map<String, Tensor> state, Map<String, String> metadata) {
  /** The entry of a TorchScript file that holds the metadata, see {@code torch.jit.load}. */
  public static final String METADATA = "medtransformers.json";

  private static final String BACKBONE = "backbone.";
  private static final String HEAD = "fc.";
  private static final String TYPE = "Classifier";

  /**
   * Throws {@link org.medtransformers.contracts.error.MedtransException} if {@code state} is not
   * that of {@code spec}.
   */
  public ExportedModel {
    spec.requireState(state);
  }

  /** Writes the weights as a safetensors file, with the metadata in its header. */
  public void writeSafetensors(OutputStream out) throws IOException {
    Map<String, Tensor> named = new LinkedHashMap<>();
    tensors().forEach(t -> named.put(exported(t.name()), state.get(t.name())));
    Map<String, String> header = new LinkedHashMap<>();
    header.put("format", "pt");
    header.putAll(metadata);
    new Safetensors(named, header).write(Channels.newChannel(out));
  }

  /**
   * Writes a TorchScript module whose {@code forward} takes normalised F32 images [n, channels,
   * height, width] to logits [n, outputs], or to embeddings [n, features] where there is no
   * classifier, as in evaluation whether or not the module is told to train. It is computed by the
   * very kernels that trained it.
   */
  public void writeTorchScript(OutputStream out) throws IOException {
    ModuleTree tree = new ModuleTree();
    tensors().forEach(t -> tree.add(exported(t.name()), t, state.get(t.name())));
    String source = tree.source(TYPE, forward());
    String network = spec.residual() ? "resnet" : "vision_transformer";
    Map<String, String> texts = KernelSources.entries(source, List.of("precision", network));
    texts.put("extra/" + METADATA, Json.pretty(metadata) + "\n");
    new TorchScriptArchive(tree.module(TYPE), texts).write(out);
  }

  private String forward() {
    String tensors =
        tensors().stream()
            .map(TensorSpec::name)
            .map(n -> "    w[\"%s\"] = %s\n".formatted(n, ModuleTree.access(exported(n))))
            .collect(Collectors.joining());
    String embedding =
        spec.residual()
            ? "__torch__.resnet.forward(x, w, False, 0)"
            : "__torch__.vision_transformer.forward(x, w, 0., x, 0)";
    return "  def forward(self: __torch__.%s, x: Tensor) -> Tensor:\n".formatted(TYPE)
        + "    w = annotate(Dict[str, Tensor], {})\n"
        + tensors
        + "    embedding = "
        + embedding
        + "\n    return "
        + (classifies() ? "torch.linear(embedding, w[\"fc.weight\"], w[\"fc.bias\"])" : "embedding")
        + "\n";
  }

  private boolean classifies() {
    return spec.head() instanceof Head.Linear;
  }

  private List<TensorSpec> tensors() {
    return spec.tensors().stream()
        .filter(tensor -> classifies() || tensor.name().startsWith(BACKBONE))
        .toList();
  }

  private String exported(String name) {
    if (name.startsWith(BACKBONE)) {
      return name.substring(BACKBONE.length());
    }
    return spec.residual() ? name : "head." + name.substring(HEAD.length());
  }
}
