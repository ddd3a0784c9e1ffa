"""A line of JSON for one case, whatever came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..api.errors import RequestRefused
from ..api.wire import json_text
from ..call.timeline import Timeline
from ..errors import CaseError, UsageError


def json_line(
    path: str, made: Callable[[], Timeline], varied: dict[str, Any] | None = None
) -> tuple[str, int]:
    """What ``made`` comes to, on one line, and the exit status that it calls for.

    Args:
        varied: what the case was varied by, told behind its path.
    """
    told: dict[str, Any] = {"case": path}
    if varied is not None:
        told["set"] = varied
    status = 0
    try:
        told["timeline"] = made().to_dict()
    except RequestRefused as refused:
        told["error"] = refused.error.to_dict()
        status = refused.exit_status
    except CaseError as error:
        told["problems"] = [problem.to_dict() for problem in error.problems]
        status = error.exit_status
    except UsageError as error:
        told["problems"] = [{"file": path, "line": None, "path": "", "message": str(error)}]
        status = error.exit_status
    except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
        told["fault"] = f"{type(fault).__name__}: {fault}"
        status = 70
    return json_text(told) + "\n", status
