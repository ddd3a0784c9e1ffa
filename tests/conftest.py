"""Settings that all tests share: how Hypothesis searches, and where it keeps what it found."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Verbosity, settings
from hypothesis.database import DirectoryBasedExampleDatabase

# The laws are plain functions in modules of their own; a failing assert shows its values there.
pytest.register_assert_rewrite(
    "tests.properties.laws", "tests.properties.two_runs", "tests.choreography.building"
)

_CHECKOUT = Path(__file__).resolve().parents[1]

#: No deadline anywhere: how long a machine takes is no property of a call.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=100,
    database=DirectoryBasedExampleDatabase(_CHECKOUT / ".hypothesis" / "examples"),
    suppress_health_check=[HealthCheck.too_slow],
)
#: More, and the same ones each time: a red build must be red again on the next machine.
settings.register_profile(
    "ci",
    settings.get_profile("default"),
    max_examples=200,
    derandomize=True,
    database=None,
    print_blob=True,
)
#: For a long search by hand: HYPOTHESIS_PROFILE=thorough.
settings.register_profile(
    "thorough", settings.get_profile("default"), max_examples=10_000, verbosity=Verbosity.normal
)

settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)
