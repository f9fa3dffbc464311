-- What a database of version 4 may hold besides: a season whose program was changed after it was set up.

UPDATE seasons SET program_key = program_key, program = program WHERE id = 1;
