-- What a database of version 2 may hold besides: a lease that runs, one that was given back, a kept answer.

INSERT INTO leases (name, token, owner, held_until, session_pid, session_since)
VALUES ('discord', 3, 'process-7', 1736942406000000, 4711, 1736942400000000),
    ('slack', 2, 'process-8', 0, NULL, NULL);

INSERT INTO inbox (community, event_key, seen_at, answer)
VALUES (1, 'Ev2', 1736942400000024, '{"private": {"blocks": [{"paragraph": [{"plain": "It is received."}]}]}}');
