package dev.sluice.devkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.postgres.PostgresServer.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

  @TempDir Path folder;

  @Test
  void keepsWhatWasCommittedOverAKill() throws Exception {
    try (var server = PostgresServer.start(folder)) {
      String url = server.jdbcUrl();
      try (var connection = connect(server)) {
        execute(connection, "CREATE TABLE parcel (name text)");
        execute(connection, "INSERT INTO parcel VALUES ('kept')");

        server.restart();

        assertThat(server.jdbcUrl()).isEqualTo(url);
        assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
      }
      assertThat(ask(server, "SELECT name FROM parcel")).isEqualTo("kept");
    }
  }

  @Test
  void stopsAlthoughAClientIsConnectedAndStartsAgain() throws Exception {
    try (var server = PostgresServer.start(folder);
        var connection = connect(server)) {
      execute(connection, "CREATE TABLE parcel (name text)");

      server.stop();
      assertThat(server.process().isAlive()).isFalse();
      server.restart();

      assertThat(ask(server, "SELECT count(*) FROM parcel")).isEqualTo("0");
    }
  }

  @Test
  void answersNobodyWhilePaused() throws Exception {
    try (var server = PostgresServer.start(folder);
        var connection = connect(server)) {
      connection.setNetworkTimeout(Runnable::run, 500);
      server.pause();
      assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
      server.resume();
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void makesDatabasesOnceAndSaysWhetherItIsDurable() throws Exception {
    try (var server = PostgresServer.start(folder, Durability.DURABLE)) {
      server.createDatabase("another");
      server.createDatabase("another");
      try (var connection =
          DriverManager.getConnection(
              server.jdbcUrl("another"), server.user(), server.password())) {
        assertThat(connection.getCatalog()).isEqualTo("another");
      }
      assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
      assertThatThrownBy(() -> server.createDatabase("a; DROP"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void runsAsRootAlsoWhereUserNamespacesAreForbidden() throws Exception {
    assumeTrue(RunAs.isRoot(), "needs to be root: others start PostgreSQL as themselves");
    try (var server = PostgresServer.start(folder, Durability.PROCESS_ONLY, RunAs.NOBODY)) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
      server.restart();
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  private static Connection connect(PostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(PostgresServer server, String sql) throws SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
