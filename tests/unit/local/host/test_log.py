"""The stream that a person follows."""

import io
import json
from pathlib import Path

from infra.local.host.log import Log


def test_a_request_is_one_line_with_function_trigger_status_and_time(tmp_path: Path) -> None:
    stream = io.StringIO()
    Log(tmp_path, stream).request("catalog.api", "GET /api/v1/products", "200", 12.34, init=410.0)

    [line] = stream.getvalue().splitlines()
    assert line.split()[1:] == ["catalog.api", "GET", "/api/v1/products", "200", "12.3", "ms", "INIT", "410", "ms"]


def test_what_a_function_logs_is_kept_and_only_warnings_and_errors_are_shown(tmp_path: Path) -> None:
    stream = io.StringIO()
    log = Log(tmp_path, stream)
    log.output("demo.api", json.dumps({"level": "INFO", "message": "routine"}).encode())
    log.output("demo.api", json.dumps({"level": "WARNING", "message": "stock is low"}).encode())

    assert "routine" not in stream.getvalue()
    assert "stock is low" in stream.getvalue()
    assert len((tmp_path / "demo.api.log").read_text().splitlines()) == 2


def test_an_error_is_shown_with_its_trace_indented_underneath(tmp_path: Path) -> None:
    stream = io.StringIO()
    trace = "Traceback (most recent call last):\n  File ...\nValueError: no"
    Log(tmp_path, stream).output(
        "demo.api", json.dumps({"level": "ERROR", "message": "failed", "exception": trace}).encode()
    )

    lines = stream.getvalue().splitlines()
    assert lines[0].endswith("ERROR  failed")
    assert lines[1:] == [f"    {line}" for line in trace.splitlines()]


def test_the_runtime_clients_traces_are_unfolded(tmp_path: Path) -> None:
    stream = io.StringIO()
    Log(tmp_path, stream).output("demo.api", "[ERROR] ValueError: no\rTraceback:\r\xa0\xa0File\n".encode())

    assert stream.getvalue().splitlines()[1:] == ["    Traceback:", "      File"]


def test_a_quiet_log_shows_no_request_but_keeps_it(tmp_path: Path) -> None:
    stream = io.StringIO()
    Log(tmp_path, stream, quiet=True).request("catalog.api", "GET /", "200", 1.0)

    assert stream.getvalue() == ""
    assert "catalog.api" in (tmp_path / "system.log").read_text()
