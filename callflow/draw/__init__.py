"""Drawings of a call: a timeline in, text or bytes out; none simulates or writes files."""
