package org.medtransformers.gateway.machine;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.gateway.entity.RunReference;
import org.medtransformers.gateway.run.DiskUse;

/**
 * What is done where.
 *
 * @param services each address that was asked, of the data-service, trainers and the eval-service
 * @param runs those that the services' jobs are of, as far as they are known here, by id
 * @param disk null until it has been measured
 * @param deadLetters records that wait for somebody
 * @param grafana where the dashboards are; null where that was not told
 */
public record MachineView(
    List<Service> services,
    Map<String, RunReference> runs,
    DiskUse disk,
    long deadLetters,
    URI grafana) {

  /**
   * One address.
   *
   * @param problem why there is no answer; null where there is one
   * @param work that is open, at all processes of the service; null without an answer
   */
  public record Service(String name, URI address, String problem, WorkerView work) {}
}
