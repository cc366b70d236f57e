package dev.sluice.system.simulator;

import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.Topics;
import dev.sluice.system.simulator.SimulatedKafka.Record;
import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.Invariants;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One run, out of one seed, in two modes: first {@link Mode#SAFETY}, where everything goes wrong;
 * then {@link Mode#LIVENESS}, calm until everything has come to rest.
 */
final class Simulation {

  private static final Duration LONGEST_CALM = Duration.ofMinutes(25);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(3);

  private final Script script;
  private final Ground ground;
  private final Setting setting;
  private final Checks checks;
  private final Coverage coverage = new Coverage();
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final SimulatedKafka kafka;
  private final SimulatedUser user;
  private final Weather weather;
  private final Truth truth;
  private final List<Process> processes = new ArrayList<>();
  private final SimulatedOrchestrator orchestrator;
  private Mode mode = Mode.SAFETY;
  private long events;

  Simulation(
      Script script, Guards guards, Trace.Lines lines, Supplier<List<Invariant>> invariants) {
    this.script = script;
    Schedule schedule = new Schedule();
    Chaos chaos = new Chaos(script);
    ground = new Ground(schedule, chaos, new Trace(schedule, lines), new Troubles());
    setting = script.setting(chaos);
    checks = new Checks(invariants, coverage);
    cluster = new SimulatedCluster(ground);
    kafka = new SimulatedKafka(ground, guards);
    store = new SimulatedStore(ground, guards, checks);
    SimulatedMetrics metrics = new SimulatedMetrics(chaos);
    SimulatedPlugin plugin = new SimulatedPlugin(chaos);
    SimulatedExperimenter experimenter = new SimulatedExperimenter(ground, cluster);
    truth = new Truth(ground, store, cluster, metrics, plugin, experimenter);
    checks.watch(truth);
    user = new SimulatedUser(ground, cluster, kafka, store, checks);
    SimulatedPods pods = new SimulatedPods(ground, cluster);
    orchestrator = orchestrators(guards, pods);
    routers(guards);
    workers(metrics);
    gateways(plugin);
    weather = new Weather(ground, cluster, pods, user, orchestrator, truth, checks);
    audit(Topics.ROLLOUT_EVENTS, this::read);
    audit(Topics.ANALYSIS_MEASUREMENTS, this::read);
    new Collector(ground, cluster, truth, checks);
  }

  private SimulatedOrchestrator orchestrators(Guards guards, SimulatedPods pods) {
    ClusterDesk desk = new ClusterDesk(ground.chaos(), guards, store, setting);
    List<SimulatedOrchestrator> instances = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      SimulatedOrchestrator instance =
          new SimulatedOrchestrator("orchestrator" + i, ground, guards, store, desk, cluster);
      new LevelWriter(ground, guards, instance, store, cluster, truth, checks);
      new ExperimentLevels(ground, instance, cluster);
      new PodRestarter(ground, instance, cluster, pods, user::delete);
      new StatusWriter(ground, guards, instance, desk, cluster, checks);
      new Relay(ground, instance, store, kafka, checks);
      new Alarm(ground, instance, store);
      instances.add(instance);
      processes.add(instance.process());
    }
    for (String topic : KafkaInputs.TOPICS) {
      SimulatedGroup group = kafka.group(topic, false);
      instances.forEach(i -> group.join(new KafkaInputs(i, store)));
    }
    return instances.getFirst();
  }

  private void routers(Guards guards) {
    SimulatedGroup group = kafka.group(Topics.TRAFFIC_DESIRED, true);
    for (int i = 1; i <= 2; i++) {
      SimulatedRouter router =
          new SimulatedRouter("router" + i, ground, guards, cluster, kafka, group, truth, checks);
      group.join(router);
      processes.add(router.process());
    }
  }

  private void workers(SimulatedMetrics metrics) {
    SimulatedGroup group = kafka.group(Topics.ANALYSIS_DESIRED, true);
    for (int i = 1; i <= 2; i++) {
      SimulatedWorker worker =
          new SimulatedWorker("worker" + i, ground, kafka, group, metrics, checks);
      group.join(worker);
      processes.add(worker.process());
    }
  }

  private void gateways(SimulatedPlugin plugin) {
    SimulatedGroup group = kafka.group(Topics.PLUGIN_CALLS, false);
    for (int i = 1; i <= 2; i++) {
      SimulatedGateway gateway = new SimulatedGateway("gateway" + i, ground, kafka, plugin);
      group.join(gateway);
      processes.add(gateway.process());
    }
  }

  private void read(Message message) {
    switch (message) {
      case RolloutEvent event -> checks.observe(event.uid(), new Observation.EntryRead(event));
      case MeasurementTaken taken ->
          checks.observe(taken.uid(), new Observation.MeasurementRead(taken));
      default -> throw new IllegalArgumentException("nobody audits " + message);
    }
  }

  // Reads a topic as any audit tool would.
  private void audit(String topic, Consumer<Message> reading) {
    Process process = new Process("auditor", ground);
    processes.add(process);
    SimulatedGroup.Member auditor =
        new SimulatedGroup.Member() {
          @Override
          public Process process() {
            return process;
          }

          @Override
          public void take(int partition, Record record, Runnable done) {
            reading.accept(record.message());
            done.run();
          }
        };
    kafka.group(topic, false).join(auditor);
  }

  /** Plays it up to this mode; what breaks is thrown. */
  void run(Mode last) {
    beSafe();
    if (last == Mode.LIVENESS) {
      beLive();
    }
  }

  private void beSafe() {
    ground.trace().line("setting", setting::toString);
    Beginning.of(setting, cluster, user, truth);
    processes.forEach(Process::start);
    weather.plan(setting.troubled(), kafka::away, store::away);
    planPeople();
    play(Schedule.START.plus(setting.troubled()));
  }

  private void beLive() {
    mode = Mode.LIVENESS;
    ground.chaos().calm();
    ground.trace().line("weather", () -> "calm");
    if (ground.chaos().oneIn(12)) {
      deleteAtAnyMoment();
    } else if (ground.chaos().oneIn(2)) {
      user.tidyUp();
    }
    comeToRest();
    checks.observe(new Observation.CameToRest());
  }

  // At rest is what stays so for a while.
  private void comeToRest() {
    Instant end = ground.now().plus(LONGEST_CALM);
    Instant restSince = ground.now();
    while (ground.now().isBefore(end) && restSince.plus(REST).isAfter(ground.now())) {
      play(ground.now().plus(LOOK_AGAIN));
      if (!Invariants.isAtRest(truth)) {
        restSince = ground.now();
      }
    }
  }

  private void planPeople() {
    int acts = ground.chaos().between(2, 14);
    int millis = (int) setting.troubled().toMillis();
    for (int i = 0; i < acts; i++) {
      Duration soon =
          ground.chaos().oneIn(3)
              ? ground.chaos().millis(10, millis)
              : Duration.ofMillis(ground.chaos().between(3_000, millis));
      ground.schedule().after(soon, ground.chaos().act(user::act));
    }
    if (ground.chaos().oneIn(12)) {
      ground.schedule().after(ground.chaos().millis(10, millis), this::deleteAtAnyMoment);
    }
  }

  // Perhaps at the very moment at which a timer is due.
  private void deleteAtAnyMoment() {
    Instant moment =
        ground.chaos().oneIn(4)
            ? ground.now()
            : store.dueNext().orElse(ground.now()).plus(ground.chaos().millis(0, 30));
    ground.schedule().at(moment, ground.chaos().act(user::delete));
  }

  private void play(Instant until) {
    while (ground.schedule().next(until)) {
      events++;
      checks.observe(new Observation.TimePassed());
    }
  }

  Script script() {
    return script;
  }

  /** What is asked of it now. */
  Mode mode() {
    return mode;
  }

  Chaos chaos() {
    return ground.chaos();
  }

  Trace trace() {
    return ground.trace();
  }

  Coverage coverage() {
    return coverage;
  }

  long events() {
    return events;
  }

  long decisions() {
    return store.decisions();
  }

  long asked() {
    return checks.asked();
  }
}
