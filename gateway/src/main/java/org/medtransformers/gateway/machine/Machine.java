package org.medtransformers.gateway.machine;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.work.OpenJob;
import org.medtransformers.contracts.work.WorkerView;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.RunReference;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.letter.Letters;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;
import org.medtransformers.gateway.run.DiskUses;

/** Looks at the whole installation. */
@Singleton
public final class Machine {
  private static final String JOBS = "/api/v1/jobs";

  private final Peers peers;
  private final RunReferences runs;
  private final DiskUses disk;
  private final Letters letters;
  private final URI grafana;
  private final ExecutorService executor;
  private final Access access;

  Machine(
      Peers peers,
      RunReferences runs,
      DiskUses disk,
      Letters letters,
      GatewayConfig config,
      ExecutorService executor,
      Access access) {
    this.access = access;
    this.peers = peers;
    this.runs = runs;
    this.disk = disk;
    this.letters = letters;
    this.grafana = config.grafanaUrl().orElse(null);
    this.executor = executor;
  }

  /**
   * As it is now; a service that does not answer soon is told as such. Work on what whoever asks
   * may not see is counted only.
   */
  public MachineView look() {
    Scope scope = access.scope();
    List<CompletableFuture<MachineView.Service>> asked =
        Arrays.stream(Peer.values())
            .flatMap(peer -> peers.addresses(peer).stream().map(address -> ask(peer, address)))
            .toList();
    List<MachineView.Service> services = asked.stream().map(CompletableFuture::join).toList();
    Map<String, RunReference> known = runsOf(services, scope);
    return new MachineView(
        scope.equals(Scope.EVERYTHING)
            ? services
            : services.stream().map(service -> seen(service, known.keySet())).toList(),
        known,
        disk.last().orElse(null),
        letters.page(DeadLetterState.WAITING.name(), 0, 1).total(),
        grafana);
  }

  private CompletableFuture<MachineView.Service> ask(Peer peer, URI address) {
    return CompletableFuture.supplyAsync(() -> answer(peer, address), executor);
  }

  private MachineView.Service answer(Peer peer, URI address) {
    try {
      WorkerView work = peers.getAt(peer, address, JOBS, WorkerView.class);
      return new MachineView.Service(peer.label(), address, null, work);
    } catch (MedtransException e) {
      return new MachineView.Service(peer.label(), address, e.getMessage(), null);
    }
  }

  private static MachineView.Service seen(MachineView.Service service, Set<String> runs) {
    WorkerView work = service.work();
    return work == null
        ? service
        : new MachineView.Service(
            service.name(),
            service.address(),
            service.problem(),
            new WorkerView(
                work.kind(),
                work.waiting(),
                work.running(),
                work.jobs().stream().filter(job -> runs.contains(job.runId())).toList(),
                work.host(),
                work.devices()));
  }

  private Map<String, RunReference> runsOf(List<MachineView.Service> services, Scope scope) {
    Stream<String> ids =
        services.stream()
            .map(MachineView.Service::work)
            .filter(Objects::nonNull)
            .flatMap(work -> work.jobs().stream().map(OpenJob::runId));
    return runs.of(ids.distinct().toList(), scope).stream()
        .collect(Collectors.toMap(RunReference::id, Function.identity()));
  }
}
