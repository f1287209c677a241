//! Runs hubs: one thread per shard of workshops, one reader, one committer; executes what the hubs put out.
