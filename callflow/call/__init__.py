"""A call: the case, what is worked out of it, and the timeline that comes out."""
