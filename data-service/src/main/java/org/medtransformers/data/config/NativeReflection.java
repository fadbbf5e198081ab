package org.medtransformers.data.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.imaging.prepare.Copies;
import org.medtransformers.imaging.prepare.Duplicates;
import org.medtransformers.imaging.prepare.ErasedNames;
import org.medtransformers.imaging.prepare.IndexRow;
import org.medtransformers.imaging.prepare.Manifest;
import org.medtransformers.imaging.prepare.NearDuplicates;
import org.medtransformers.imaging.prepare.Size;
import org.medtransformers.imaging.prepare.Statistics;
import org.medtransformers.imaging.prepare.StoredSplit;

/**
 * What JSON and CSV read and write by reflection outside REST bodies, for a native image; nested
 * records are registered with their owners.
 */
@RegisterForReflection(
    targets = {
      RunConfig.class,
      Transforms.class,
      DatasetDescription.class,
      LoaderSpec.class,
      PreparedDataset.class,
      SplitSizes.class,
      ErrorInfo.class,
      DatasetEvent.class,
      RunCancelRequested.class,
      IndexRow.class,
      Manifest.class,
      Size.class,
      Statistics.class,
      Duplicates.class,
      NearDuplicates.class,
      Copies.class,
      ErasedNames.class,
      StoredSplit.class,
      UsedSplit.class
    },
    ignoreNested = false)
final class NativeReflection {
  private NativeReflection() {}
}
