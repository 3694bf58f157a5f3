"""Who gets what from moderation: people their own, moderators the cases, administrators the rules as well."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from shared.contexts.moderation.models.actions import Appeal
from shared.contexts.moderation.models.reports import ReportCase
from shared.permissions import Permission
from tests.contract.authorization.matrix import NOT_FOUND, OK, Request, Row, Stage, permitted, signed_in
from tests.factories import community, moderation, profiles

REPORTS = "/api/v1/reports"
APPEALS = "/api/v1/appeals"
CASES = "/api/v1/admin/reports"
QUEUE = "/api/v1/admin/appeals"
RULES = "/api/v1/admin/keyword-rules"


def a_post_to_report(stage: Stage) -> Request:
    author = profiles.person(stage.db)
    target = {"kind": "post", "id": str(community.post(stage.db, author).id)}
    return Request(json={"target": target, "reason": "spam"})


def case_of(stage: Stage) -> ReportCase:
    profiles.profile(stage.db, stage.owner)
    made = moderation.case(stage.db, "post", community.post(stage.db, stage.owner).id, stage.owner)
    moderation.report(stage.db, made, profiles.person(stage.db))
    return made


def a_case(stage: Stage) -> Request:
    return Request(path={"case_id": case_of(stage).id})


def a_case_to_dismiss(stage: Stage) -> Request:
    return Request(
        path={"case_id": case_of(stage).id}, json={"status": "dismissed", "note": "An opinion", "version": 1}
    )


def a_case_to_act_on(stage: Stage) -> Request:
    return Request(path={"case_id": case_of(stage).id}, json={"kind": "hide", "reason": "It is spam"})


def _action(stage: Stage) -> UUID:
    return moderation.action(stage.db, "warn", case_of(stage), None).id


def an_action_to_appeal_against(stage: Stage) -> Request:
    return Request(json={"action_id": str(_action(stage)), "text": "It was a joke"})


def an_appeal(stage: Stage) -> Request:
    made = Appeal(action_id=_action(stage), user_id=stage.owner.id, body="It was a joke")
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"appeal_id": made.id})


def an_appeal_to_decide(stage: Stage) -> Request:
    return replace(an_appeal(stage), json={"status": "accepted", "note": "We looked again"})


def a_rule(stage: Stage) -> Request:
    return Request(path={"rule_id": moderation.keyword_rule(stage.db, "channel").id})


def a_rule_to_change(stage: Stage) -> Request:
    return replace(a_rule(stage), json={"version": 1, "action": "hold"})


ROWS: list[Row] = [
    signed_in("POST", REPORTS, a_post_to_report),
    signed_in("GET", REPORTS),
    signed_in("GET", "/api/v1/moderation/actions"),
    replace(signed_in("POST", APPEALS, an_action_to_appeal_against, outcome=NOT_FOUND), owner=OK),
    signed_in("GET", APPEALS),
    permitted(Permission.REPORTS_READ, "GET", CASES),
    permitted(Permission.REPORTS_READ, "GET", f"{CASES}/{{case_id}}", a_case),
    permitted(Permission.REPORTS_MODERATE, "PATCH", f"{CASES}/{{case_id}}", a_case_to_dismiss),
    permitted(Permission.REPORTS_MODERATE, "POST", f"{CASES}/{{case_id}}/claim", a_case),
    permitted(Permission.REPORTS_MODERATE, "DELETE", f"{CASES}/{{case_id}}/claim", a_case),
    permitted(Permission.REPORTS_MODERATE, "POST", f"{CASES}/{{case_id}}/actions", a_case_to_act_on),
    permitted(Permission.REPORTS_READ, "GET", "/api/v1/admin/moderation/actions"),
    permitted(Permission.REPORTS_READ, "GET", QUEUE),
    permitted(Permission.REPORTS_READ, "GET", f"{QUEUE}/{{appeal_id}}", an_appeal),
    permitted(Permission.REPORTS_MODERATE, "POST", f"{QUEUE}/{{appeal_id}}/decision", an_appeal_to_decide),
    permitted(Permission.REPORTS_READ, "GET", RULES),
    permitted(Permission.KEYWORDS_WRITE, "POST", RULES, request=Request(json={"phrase": "channel", "action": "flag"})),
    permitted(Permission.KEYWORDS_WRITE, "POST", f"{RULES}/try", request=Request(json={"text": "My channel"})),
    permitted(Permission.REPORTS_READ, "GET", f"{RULES}/{{rule_id}}", a_rule),
    permitted(Permission.KEYWORDS_WRITE, "PATCH", f"{RULES}/{{rule_id}}", a_rule_to_change),
    permitted(Permission.KEYWORDS_WRITE, "DELETE", f"{RULES}/{{rule_id}}", a_rule),
]
