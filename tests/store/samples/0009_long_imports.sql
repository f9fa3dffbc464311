-- What version 9 added: a long list that is being taken in.

INSERT INTO roster_work (import, community, season, person, work, taken, begun_at)
VALUES (1, 1, 1, 1, '{"lines": [], "left_alone": [], "ended": 0, "same": 1, "left_out": 2}', 0, 1736942400000071);
