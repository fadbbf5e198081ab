package org.medtransformers.k8s;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must hold for everything that is applied together. */
enum Policy {
  RESTRICTED(PodPolicies::restricted),
  PROBED(PodPolicies::probed),
  BOUNDED(PodPolicies::bounded),
  WITHOUT_TOKEN(PodPolicies::withoutToken),
  WITHOUT_SERVICE_LINKS(PodPolicies::withoutServiceLinks),
  LABELLED(PodPolicies::labelled),
  ONLY_GPU_WORKLOADS_TOLERATE_THE_POOL(GpuPolicies::onlyGpuWorkloadsTolerateThePool),
  GPUS_AND_IMAGES_GO_TOGETHER(GpuPolicies::gpusAndImagesGoTogether),
  ONE_WAY_TO_ASK_FOR_GPUS(GpuPolicies::oneWayToAskForGpus),
  ENOUGH_GRACE(StopPolicies::enoughGrace),
  DRAINED_BEFORE_THE_END(StopPolicies::drainedBeforeTheEnd),
  DRAINABLE(StopPolicies::drainable),
  JOBS_OF_THE_JOB_TABLE(TrainerPolicies::jobsOfTheJobTable),
  QUOTAS_ADMIT_JOBS(TrainerPolicies::quotasAdmitJobs),
  PORTS_EXIST(Ports::exist),
  REFERENCES_EXIST(References::exist),
  ENVIRONMENT_IS_KNOWN(Environment::isKnown),
  TOPICS_ARE_OURS(KafkaPolicies::topicsAreOurs),
  USERS_READ_WHAT_THEY_RECEIVE(KafkaPolicies::usersReadWhatTheyReceive);

  private final Function<Manifests, Stream<String>> check;

  Policy(Function<Manifests, Stream<String>> check) {
    this.check = check;
  }

  /** One line for each place where it does not hold. */
  List<String> violations(Manifests manifests) {
    return check.apply(manifests).toList();
  }
}
