package dev.sluice.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a broker, or of a cluster of brokers. */
public final class BrokerTopics {

  private final Admin admin;

  /**
   * @param admin stays the caller's to close
   */
  public BrokerTopics(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates all topics of {@link dev.sluice.events.Topics} and their dead-letter topics; those that
   * exist are left as they are, whatever an operator made of them.
   *
   * @param partitions of each, at least 1; the same for all, because records of one key are looked
   *     for in the same partition of several topics
   * @param replication how many brokers keep each record, at least 1
   * @return the names of those that were not there
   */
  public List<String> createAll(int partitions, short replication) throws InterruptedException {
    return create(TopicSettings.all(partitions, replication));
  }

  /** Creates topics; those that exist are left as they are. Returns the others' names. */
  public List<String> create(List<NewTopic> topics) throws InterruptedException {
    var created = new ArrayList<String>();
    for (var answer : admin.createTopics(topics).values().entrySet()) {
      try {
        answer.getValue().get();
        created.add(answer.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new IllegalStateException("cannot create topic " + answer.getKey(), e);
        }
      }
    }
    return created;
  }
}
