"""Names, and what people say of themselves, are screened as texts are."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contexts.moderation.models.reports import ReportCase
from tests.factories import identity, moderation, profiles
from tests.integration.profiles.conftest import SignIn

ME = "/api/v1/users/me"


@pytest.mark.parametrize("action", ["refuse", "hold"])
@pytest.mark.parametrize("field", ["username", "display_name", "bio", "full_name"])
def test_a_name_is_refused_rather_than_held(field: str, action: str, sign_in: SignIn, db: Session) -> None:
    moderation.keyword_rule(db, "admin_team", action)
    ada = sign_in(profiles.person(db))
    refused = ada.patch(ME, json={"version": ada.get(ME).json()["version"], field: "Admin_Team"})
    assert (refused.status, refused.json()["code"]) == (422, "text_refused")
    assert refused.json()["errors"][0]["field"] == f"body.{field}"


def test_a_flagged_name_opens_a_case_about_the_person(sign_in: SignIn, db: Session) -> None:
    moderation.keyword_rule(db, "support", "flag")
    ada = identity.user(db)
    answer = sign_in(ada).post(
        f"{ME}/onboarding", json={"username": "ada", "display_name": "S.u.p.p.o.r.t", "time_zone": "Europe/London"}
    )
    assert answer.status < 300, answer.json()
    case = db.scalars(select(ReportCase)).one()
    assert (case.target_kind, case.target_id, case.is_held) == ("user", ada.id, False)
    assert case.snapshots[0]["content"]["display_name"] == "S.u.p.p.o.r.t"
