package dev.sluice.devkit.postgres;

import dev.sluice.devkit.process.Child;
import dev.sluice.devkit.process.FreePorts;
import dev.sluice.devkit.process.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL server on 127.0.0.1, in a process of its own. Runs as any user, also as root, and
 * needs no Docker. Its programs are unpacked once into the cache folder.
 */
public final class PostgresServer implements AutoCloseable {

  /** Whether a power cut may cost data; the end of the process never does. */
  public enum Durability {
    /** Every commit is on the disk: as in production, and slower. */
    DURABLE,
    /** A commit is with the operating system: it survives {@link #kill()}, not a power cut. */
    PROCESS_ONLY
  }

  private static final Duration START = Duration.ofSeconds(60);
  private static final String USER = "sluice";
  private static final String PASSWORD = "sluice";
  private static final String DATABASE = "sluice";

  private final int port = FreePorts.next();
  private final Path data;
  private final Child child;

  private PostgresServer(Path folder, Durability durability, RunAs runAs) throws IOException {
    data = folder.resolve("postgres");
    Path log = folder.resolve("postgres.log");
    Path programs = Binaries.in(runAs.cache()).resolve("bin");
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(folder, log, programs, runAs);
    }
    child =
        new Child("postgres", serverCommand(programs, durability, runAs), Map.of(), folder, log);
  }

  /** A server whose data survives {@link #kill()}, not a power cut: for tests and demos. */
  public static PostgresServer start(Path folder) {
    return start(folder, Durability.PROCESS_ONLY);
  }

  /**
   * Starts a server and waits until it serves, at most 60 s.
   *
   * @param folder for data and log; created if absent; data of an earlier server is taken over
   */
  public static PostgresServer start(Path folder, Durability durability) {
    try {
      return start(folder, durability, RunAs.here());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL in " + folder, e);
    }
  }

  static PostgresServer start(Path folder, Durability durability, RunAs runAs) throws IOException {
    Files.createDirectories(folder);
    var server = new PostgresServer(folder.toAbsolutePath(), durability, runAs);
    server.run();
    server.createDatabase(DATABASE);
    return server;
  }

  /** Of the database {@code sluice}; stays the same over restarts. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** Of a database made by {@link #createDatabase}. */
  public String jdbcUrl(String database) {
    return "jdbc:" + reactiveUrl(database);
  }

  /** Of the database {@code sluice}, for {@code quarkus.datasource.reactive.url}. */
  public String reactiveUrl() {
    return reactiveUrl(DATABASE);
  }

  /** Of a database made by {@link #createDatabase}. */
  public String reactiveUrl(String database) {
    return "postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A superuser. */
  public String user() {
    return USER;
  }

  /** Of {@link #user()}. */
  public String password() {
    return PASSWORD;
  }

  /** The server's port. */
  public int port() {
    return port;
  }

  /**
   * Makes an empty database; one that exists is left as it is.
   *
   * @param name letters, digits and underscores
   */
  public void createDatabase(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a plain database name: " + name);
    }
    try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      if (!"42P04".equals(e.getSQLState())) { // duplicate_database
        throw new IllegalStateException("cannot create database " + name, e);
      }
    }
  }

  /** {@code kill -9} of the server and its workers. Data stays. */
  public void kill() {
    child.kill();
  }

  /** Orderly stop; open connections are closed. Data stays. */
  public void stop() {
    if (child.isAlive()) {
      child.resume();
      child.signalOnly("INT"); // "fast": does not wait for clients to leave
      child.stop();
    }
  }

  /** Kills it if it runs, and starts it again on the same port and data. */
  public void restart() {
    child.kill();
    run();
  }

  /** Freezes the server: connections stay open and nobody answers. */
  public void pause() {
    child.pause();
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    child.resume();
  }

  /** The process, for its memory, time and log. */
  public Child process() {
    return child;
  }

  /** Ends it at once. */
  @Override
  public void close() {
    child.kill();
  }

  private void run() {
    child.start();
    Ready.await(child, START, this::serves);
  }

  /** The server's own word in its lock file, which after a kill is still that of the one before. */
  private boolean serves() {
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.size() >= 8
          && lines.getFirst().strip().equals(Long.toString(child.pid()))
          && lines.get(7).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  private void initialise(Path folder, Path log, Path programs, RunAs runAs) throws IOException {
    runAs.prepare(data);
    Path password = Files.writeString(folder.resolve("postgres.password"), PASSWORD);
    var initdb =
        new Child(
            "initdb",
            runAs.command(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync"),
            Map.of(),
            folder,
            log);
    initdb.start();
    int exit = initdb.awaitExit(START);
    if (exit != 0) {
      throw new IOException("initdb ended with " + exit + ":\n" + initdb.lastOutput());
    }
  }

  private List<String> serverCommand(Path programs, Durability durability, RunAs runAs) {
    var settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=100",
                "shared_buffers=32MB",
                "jit=off"));
    switch (durability) {
      case PROCESS_ONLY -> settings.addAll(List.of("fsync=off", "full_page_writes=off"));
      case DURABLE -> settings.addAll(List.of("fsync=on", "synchronous_commit=on"));
    }
    var command =
        new ArrayList<>(runAs.command(programs.resolve("postgres").toString(), "-D", "" + data));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }
}
