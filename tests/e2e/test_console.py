"""The console of the local system: shows and starts things, for this computer only."""

from __future__ import annotations

from tests.e2e.running_system import RunningSystem, eventually

SCHEDULE = "/_local/schedules/operations.sweep_outbox/run"


def test_the_console_shows_functions_schedules_and_mail(system: RunningSystem) -> None:
    state = system.http.get("/_local/").json()
    page = system.http.get("/_local/", headers={"accept": "text/html"})
    mail = system.http.get("/_local/mail", headers={"accept": "text/html"})
    assert "processes" in state["functions"]["operations.migrate"]
    assert "operations.sweep_outbox" in page.text
    assert mail.headers["content-type"].startswith("text/html")
    assert "Sent mail" in mail.text


def test_queues_are_shown_empty_when_all_work_is_done(system: RunningSystem) -> None:
    def idle() -> bool:
        queues = system.http.get("/_local/").json()["queues"]
        return bool(queues) and all(depth == {"waiting": 0, "in_flight": 0} for depth in queues.values())

    assert eventually(idle)


def test_the_console_runs_schedules_and_invokes_functions(system: RunningSystem) -> None:
    ran = system.http.post(SCHEDULE)
    status = system.http.post("/_local/functions/operations.migrate/invoke", json={"action": "status"})
    unknown = system.http.post("/_local/functions/nobody.nothing/invoke")
    assert (ran.status_code, status.status_code, unknown.status_code) == (202, 200, 404)


def test_another_site_cannot_use_the_console(system: RunningSystem) -> None:
    foreign = system.http.post(SCHEDULE, headers={"origin": "https://a.example"})
    rebound = system.http.get("/_local/", headers={"host": "a.example:8000"})
    assert (foreign.status_code, rebound.status_code) == (403, 403)
