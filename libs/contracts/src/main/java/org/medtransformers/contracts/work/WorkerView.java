package org.medtransformers.contracts.work;

import java.util.List;

/**
 * What a worker knows of its kind of work, and of the process that answers.
 *
 * @param kind of the jobs, such as {@code train}
 * @param waiting jobs that nobody holds
 * @param running jobs that somebody holds
 * @param jobs those that are held, the longest first, then those that wait by their turn; the first
 *     of them where there are many
 * @param host of the process that answers; others may do the same work
 * @param devices with what it computes, a line for libtorch and one for each GPU or why there is
 *     none; none where it computes nothing
 */
public record WorkerView(
    String kind,
    long waiting,
    long running,
    List<OpenJob> jobs,
    String host,
    List<String> devices) {
  public WorkerView {
    jobs = List.copyOf(jobs);
    devices = List.copyOf(devices);
  }
}
