-- What a database of version 5 may hold besides: a pair that was forbidden.

INSERT INTO match_rulings (community, season, mentee, mentor, ruling, decided_by, decided_at)
VALUES (1, 1, 2, 1, 'forbidden', 1, 1736942400000040);
