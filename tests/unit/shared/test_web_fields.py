"""What people call themselves, their places and their files, and where they are written to."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from functions.catalog.schemas.digital_files import NewDigitalFile
from functions.catalog.schemas.reviews import NewReview
from functions.identity.schemas.auth import Login
from functions.media.schemas.uploads import NewMediaUpload
from functions.ordering.schemas.checkouts import Address, NewCheckout
from functions.ordering.schemas.coupons import NewCoupon
from functions.ordering.schemas.orders import OrderCancellation
from functions.payments.schemas.disputes import DisputeEvidence
from shared.contexts.identity.schemas import FullName
from shared.web import RequestModel
from shared.web.fields import Email, FileName

ADDRESS = {"name": "Ada King", "line1": "12 St James's Square", "city": "London", "country": "GB"}
HOSTILE = [
    "Ada\u202egnp.exe",
    "\u2066Ada\u2069",
    "Ada\u200fKing",
    "Ada\nKing",
    "Ada\u2028King",
    "Ada\u0085King",
    "Ada\x1b[31m",
    "Ada\x7f",
    "Ada\ud800",
]
FRIENDLY = ["Ada King", "José Núñez", "李小龙", "محمد علي", "דוד כהן", "O'Neil & Söhne, c/o №5", "சோமு", "Zoë 👩‍🚀"]


def address(field: str, text: str) -> Any:
    return Address.model_validate({**ADDRESS, field: text})


@pytest.fixture(autouse=True)
def _environment(environment: None) -> None:
    """Settings are read."""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["name", "company", "line1", "line2", "city", "region", "postal_code"])
def test_no_line_of_an_address_changes_what_is_around_it(field: str, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        address(field, text)
    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_of_a_person_or_a_file_does(text: str) -> None:
    upload = {"content_type": "image/png", "size": 1, "purpose": "review"}
    digital = {"content_type": "application/pdf", "size_bytes": 1}
    for attempt in (
        lambda: TypeAdapter(FullName).validate_python(text),
        lambda: NewMediaUpload.model_validate({**upload, "filename": text}),
        lambda: NewDigitalFile.model_validate({**digital, "file_name": text}),
        lambda: DisputeEvidence.model_validate({"customer_name": text}),
    ):
        with pytest.raises(ValidationError):
            attempt()


@pytest.mark.parametrize("text", FRIENDLY)
def test_every_script_has_names(text: str) -> None:
    assert address("name", text).name == text
    assert TypeAdapter(FullName).validate_python(text) == text


@pytest.mark.parametrize("text", ["a\u202eb", "\u2066a\u2069", "\u202aa"])
def test_no_text_of_any_request_turns_the_direction_of_what_is_around_it(text: str) -> None:
    models = [RequestModel]
    for model in models:
        models += model.__subclasses__()
    places = [(model, name) for model in models for name, field in model.model_fields.items() if not is_password(field)]
    assert {NewReview, NewCoupon, OrderCancellation, Address, NewCheckout} <= {model for model, _ in places}
    for model, name in places:
        for value, place in ((text, (name,)), ([{"x": text}], (name, 0, "x"))):
            with pytest.raises(ValidationError) as refused:
                model.model_validate({name: value})
            assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [("text_not_allowed", place)]


def is_password(field: FieldInfo) -> bool:
    return isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("format") == "password"


def test_texts_keep_their_lines_and_what_scripts_need() -> None:
    body = "Zwei\nZeilen\t👩\u200d🚀 می\u200cخواهم שלום\u200f!"
    assert NewReview.model_validate({"rating": 5, "title": "x", "body": body}).body == body
    assert Login.model_validate({"email": "a@b.org", "password": "\u202ex"}).password == "\u202ex"


def test_names_have_one_normal_form() -> None:
    assert address("name", "Jose\u0301").name == "Jos\u00e9"


@pytest.mark.parametrize("name", ["../a.png", "a\\b.png", ".", "..", ""])
def test_a_file_has_a_name_and_no_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(FileName).validate_python(name)


@pytest.mark.parametrize(
    "email",
    ["ada,eve@example.com", '"ada"@example.com', "ada@x", "ada@-x.example.com", "ada;eve@example.com", "a b@x.org"],
)
def test_an_address_of_mail_is_checked_alike_wherever_it_is_taken(email: str) -> None:
    for attempt in (
        lambda: TypeAdapter(Email).validate_python(email),
        lambda: NewCheckout.model_validate({"email": email}),
        lambda: DisputeEvidence.model_validate({"customer_email_address": email}),
    ):
        with pytest.raises(ValidationError):
            attempt()


def test_a_guest_s_address_has_the_spelling_of_an_account_s() -> None:
    assert NewCheckout.model_validate({"email": " Ada@EXAMPLE.com "}).email == "Ada@example.com"
