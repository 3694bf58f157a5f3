"""Every context says what it does with each of its tables that names a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from shared import privacy
from shared.contexts.identity.models.accounts import User
from shared.privacy import PersonalData
from shared.tables import everything
from tests.support.sql_sources import ROOT, owners, reads_in, writes_in

_NAMES_A_PERSON = re.compile(
    r"(^|_)(user|owner|customer|recipient|email|phone|full_name|ip_address|shipping_address|user_agent|network"
    r"|requested_by|created_by|reviewed_by)(_id)?$|(^|_)(actor|subject)_id$"
)


def naming_people(tables: Iterable[Table]) -> dict[str, list[str]]:
    """The columns about people, by table."""
    columns = {
        table.name: [
            column.name
            for column in table.columns
            if _NAMES_A_PERSON.search(column.name) or column.references(User.__table__.c.id)
        ]
        for table in tables
    }
    return {table: names for table, names in columns.items() if names}


def unnamed(tables: Iterable[str], contracts: Mapping[str, PersonalData], owner: Mapping[str, str]) -> set[str]:
    """Those of the tables whose owner's contract neither erases nor leaves them."""
    return {
        table
        for table in tables
        if owner[table] not in contracts
        or table not in {*contracts[owner[table]].erased, *contracts[owner[table]].left}
    }


def foreign(contracts: Mapping[str, PersonalData], owner: Mapping[str, str]) -> set[tuple[str, str]]:
    """Tables that a contract names and its context does not own."""
    return {
        (context, table)
        for context, contract in contracts.items()
        for table in (*contract.erased, *contract.left)
        if owner.get(table) != context
    }


def copied(contract: PersonalData) -> set[str]:
    """What the sections of a contract read."""
    selects = "\n".join(repr(section.select) for section in contract.sections.values())
    return {read.relation for read in reads_in("sections", selects)}


def test_every_table_that_names_a_person_is_erased_or_left_with_a_reason() -> None:
    assert unnamed(naming_people(everything().tables.values()), privacy.contracts(), owners()) == set()


def test_every_table_that_names_a_person_is_copied_or_says_why_not() -> None:
    owner, contracts = owners(), privacy.contracts()
    neither = {
        table
        for table in naming_people(everything().tables.values())
        if table not in copied(contracts[owner[table]])
        and table not in {name for names in contracts[owner[table]].not_copied for name in names.split(", ")}
    }
    assert neither == set()


def test_a_contract_names_tables_of_its_own_context_only() -> None:
    assert foreign(privacy.contracts(), owners()) == set()


def test_what_a_contract_erases_is_written_by_it() -> None:
    for context, contract in privacy.contracts().items():
        file = Path("shared/contexts", context, "personal_data.py")
        written = {write.relation for write in writes_in(file.name, (ROOT / file).read_text())}
        assert set(contract.erased) - written == set(), context


def test_no_two_contexts_write_the_same_file_of_a_copy_or_count_under_the_same_name() -> None:
    contracts = privacy.contracts().values()
    for names in ([*contract.sections] for contract in contracts), ([*contract.retention] for contract in contracts):
        every = [name for some in names for name in some]
        assert len(every) == len(set(every))


def test_contexts_erase_in_the_order_in_which_rows_are_locked() -> None:
    """`docs/decisions/0004-cross-context-locks.md`: whoever builds on another context comes before it."""
    order = list(privacy.contracts())
    assert order[:2] == ["payments", "ordering"]
    for context in order[: order.index("identity")]:
        for path in (ROOT / "shared/contexts" / context).rglob("*.py"):
            below = set(
                re.findall(r"^ *(?:from|import) shared\.contexts\.(\w+)", path.read_text(), re.MULTILINE)
            ) & set(order) - {context}
            assert all(order.index(context) < order.index(other) for other in below), path


@pytest.mark.parametrize("column", ["user_id", "email", "guest_email", "recipient", "ip_address", "full_name", "phone"])
def test_a_new_table_about_people_fails_until_a_contract_names_it(column: str) -> None:
    table = Table("diaries", MetaData(), Column("id", Integer, primary_key=True), Column(column, String))
    assert naming_people([table]) == {"diaries": [column]}
    for owner in ("catalog", "community"):
        assert unnamed(["diaries"], privacy.contracts(), {**owners(), "diaries": owner}) == {"diaries"}


def test_a_contract_that_names_anothers_table_fails() -> None:
    class Greedy(PersonalData):
        lock_order = 1
        erased = ("reviews", "users")

    contracts = {"catalog": Greedy()}
    assert foreign(contracts, owners()) == {("catalog", "users")}
    assert unnamed(["users"], contracts, owners()) == {"users"}
