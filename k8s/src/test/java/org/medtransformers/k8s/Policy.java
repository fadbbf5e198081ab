package org.medtransformers.k8s;

import java.util.List;
import java.util.stream.Stream;

/** What must hold for everything that is applied together. */
enum Policy {
  RESTRICTED,
  PROBED,
  BOUNDED,
  WITHOUT_TOKEN,
  WITHOUT_SERVICE_LINKS,
  LABELLED,
  ONLY_GPU_WORKLOADS_TOLERATE_THE_POOL,
  GPUS_AND_IMAGES_GO_TOGETHER,
  ONE_WAY_TO_ASK_FOR_GPUS,
  ENOUGH_GRACE,
  DRAINED_BEFORE_THE_END,
  DRAINABLE,
  JOBS_OF_THE_JOB_TABLE,
  QUOTAS_ADMIT_JOBS,
  PORTS_EXIST,
  REFERENCES_EXIST,
  ENVIRONMENT_IS_KNOWN,
  KEYS_ARE_THERE,
  TOPICS_ARE_OURS,
  USERS_READ_WHAT_THEY_RECEIVE;

  /** One line for each place where it does not hold. */
  List<String> violations(Manifests manifests) {
    return check(manifests).toList();
  }

  private Stream<String> check(Manifests manifests) {
    return switch (this) {
      case RESTRICTED -> PodPolicies.restricted(manifests);
      case PROBED -> PodPolicies.probed(manifests);
      case BOUNDED -> PodPolicies.bounded(manifests);
      case WITHOUT_TOKEN -> PodPolicies.withoutToken(manifests);
      case WITHOUT_SERVICE_LINKS -> PodPolicies.withoutServiceLinks(manifests);
      case LABELLED -> PodPolicies.labelled(manifests);
      case ONLY_GPU_WORKLOADS_TOLERATE_THE_POOL ->
          GpuPolicies.onlyGpuWorkloadsTolerateThePool(manifests);
      case GPUS_AND_IMAGES_GO_TOGETHER -> GpuPolicies.gpusAndImagesGoTogether(manifests);
      case ONE_WAY_TO_ASK_FOR_GPUS -> GpuPolicies.oneWayToAskForGpus(manifests);
      case ENOUGH_GRACE -> StopPolicies.enoughGrace(manifests);
      case DRAINED_BEFORE_THE_END -> StopPolicies.drainedBeforeTheEnd(manifests);
      case DRAINABLE -> StopPolicies.drainable(manifests);
      case JOBS_OF_THE_JOB_TABLE -> TrainerPolicies.jobsOfTheJobTable(manifests);
      case QUOTAS_ADMIT_JOBS -> TrainerPolicies.quotasAdmitJobs(manifests);
      case PORTS_EXIST -> Ports.exist(manifests);
      case REFERENCES_EXIST -> References.exist(manifests);
      case ENVIRONMENT_IS_KNOWN -> Environment.isKnown(manifests);
      case KEYS_ARE_THERE -> AccessPolicies.keysAreThere(manifests);
      case TOPICS_ARE_OURS -> KafkaPolicies.topicsAreOurs(manifests);
      case USERS_READ_WHAT_THEY_RECEIVE -> KafkaPolicies.usersReadWhatTheyReceive(manifests);
    };
  }
}
