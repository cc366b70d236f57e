package dev.sluice.events;

/**
 * What travels on a topic. The topic of each kind is in {@link Topics}; the codec writes it as a
 * CloudEvent.
 */
public sealed interface Message
    permits RolloutEvent,
        RolloutSnapshot,
        RolloutCommand,
        ImagePushed,
        TrafficDesired,
        TrafficApplied,
        AnalysisDesired,
        AnalysisProgress,
        MeasurementTaken,
        VerdictReached,
        PluginCall,
        PluginAnswer {

  /** The record's key: all messages of one key keep their order. Never empty. */
  String key();
}
