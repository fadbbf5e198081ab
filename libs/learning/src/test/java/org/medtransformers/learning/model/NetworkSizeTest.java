package org.medtransformers.learning.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.medtransformers.contracts.config.Backbone;

class NetworkSizeTest {

  /** Made by {@code src/test/python/network_sizes.py}. */
  @ParameterizedTest
  @CsvFileSource(resources = "/model/network-sizes.csv", numLinesToSkip = 1)
  void sizesAreThoseOfTorchvisionAndTimm(
      String backbone,
      int channels,
      int outputs,
      int height,
      int width,
      int patch,
      long parameters,
      long multiplyAdds) {
    Backbone known = Backbone.valueOf(backbone.toUpperCase(Locale.ROOT));
    ModelSpec model =
        patch == 0
            ? ModelSpec.resnet(known, channels, outputs)
            : new ModelSpec(known, channels, outputs, height, patch, 0);
    assertEquals(new NetworkSize(parameters, multiplyAdds), NetworkSize.of(model, height, width));
  }

  /** Touvron et al. (2020), table 5: 22 M parameters and 4.6 G; He et al. (2015): 4.1 G. */
  @Test
  void sizesArePublishedOnes() {
    NetworkSize deit =
        NetworkSize.of(new ModelSpec(Backbone.DEIT_SMALL, 3, 1000, 224, 16, 0), 224, 224);
    assertEquals(22.1e6, (double) deit.parameters(), 0.1e6);
    assertEquals(4.6e9, (double) deit.multiplyAdds(), 0.05e9);
    NetworkSize resnet = NetworkSize.of(ModelSpec.resnet(Backbone.RESNET50, 3, 1000), 224, 224);
    assertEquals(4.09e9, (double) resnet.multiplyAdds(), 0.01e9);
  }

  @Test
  void headsThatLearnWithoutLabelsAreLeftOut() {
    NetworkSize backbone =
        NetworkSize.of(ModelSpec.resnet(Backbone.RESNET18, 3, new Head.Dino(65536)), 224, 224);
    Head byol = new Head.Projector(List.of(4096, 256), 4096);
    assertEquals(backbone, NetworkSize.of(ModelSpec.resnet(Backbone.RESNET18, 3, byol), 224, 224));
    assertEquals(11_689_512 - 513_000, backbone.parameters());
    assertEquals(1_814_073_344L - 512_000, backbone.multiplyAdds());
  }
}
