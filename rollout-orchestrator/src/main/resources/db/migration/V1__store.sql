-- The orchestrator's store. Everything that one decision changes is changed in one transaction.

-- Every Rollout that was ever seen. One that was deleted stays: nothing happens for its uid again.
create table rollout (
  uid text primary key,
  namespace text not null,
  name text not null,
  shard smallint not null,
  epoch bigint not null,
  seq bigint not null,
  -- rises with every change of the state, also with one that the log does not show
  version bigint not null,
  state text not null,
  -- of the last event
  hash text not null,
  gone boolean not null,
  -- which image pushes it takes; null if none
  push_repository text,
  push_tag text,
  -- what was last written into the object's status, and its resourceVersion then
  projected text,
  projected_rv text
);
create index rollout_live on rollout (uid, version) where not gone;
create index rollout_push on rollout (push_repository, push_tag) where push_repository is not null;

-- The log. Each entry's hash covers the hash before it.
create table event (
  uid text not null,
  seq bigint not null,
  event_id text not null generated always as (uid || ':' || seq::text) stored,
  epoch bigint not null,
  type text not null,
  payload text not null,
  cause text not null,
  actor text not null,
  at timestamptz not null,
  hash text not null,
  primary key (uid, seq)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: no % on event', tg_op;
end $$;
create trigger event_is_append_only before update or delete or truncate on event
  for each statement execute function refuse_change();

-- Every message of a decision. The version of the state tells decisions apart that add nothing to
-- the log, such as saying once more what is wanted.
create table outbox (
  -- rises in the order of the decisions of one Rollout, whose row is locked while they are written
  id bigint generated always as identity,
  uid text not null,
  version bigint not null,
  n integer not null,
  shard smallint not null,
  topic text not null,
  key text not null,
  -- null is a tombstone
  payload bytea,
  headers text not null,
  published_at timestamptz,
  primary key (uid, version, n)
);
create index outbox_waiting on outbox (shard, id) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- Inputs that were handled.
create table inbox (
  uid text not null,
  source text not null,
  message_id text not null,
  at timestamptz not null,
  primary key (uid, source, message_id)
);
create index inbox_at on inbox (at);

-- What is due when: equal to what the state of the Rollout says, in a form that can be searched.
create table timer (
  uid text not null,
  timer_id text not null,
  fire_at timestamptz not null,
  epoch bigint not null,
  kind text not null,
  primary key (uid, timer_id)
);
create index timer_due on timer (fire_at);
