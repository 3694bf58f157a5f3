"""What every context's functions do in the database, read from their SQL, and what their roles may do there.

A context's code is `functions/<context>/` with all that it imports of `shared/`. Every string of it is read; where one
takes a relation as a parameter, each relation counts whose name is a string of the same module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from infra.database_roles import context_role, login_roles
from infra.imports import with_imported
from infra.manifests import manifests
from tests.support.sql_sources import ROOT, names_read, strings

Grants = dict[str, set[tuple[str, str]]]
"""By role: privileges, each with a relation or a function. `LOCK` is the right to update one column, which PostgreSQL
wants of who locks rows; it stands for nothing where a role has UPDATE."""

_NAME = r'(\{\w*\}|"?[a-z_]\w*)'
_INSERT = re.compile(rf"\bINSERT\s+INTO\s+{_NAME}")
_UPDATE = re.compile(rf"(?<!FOR )(?<!DO )(?<!NO KEY )\bUPDATE\s+(?!SET\b|OF\b|SKIP\b|NOWAIT\b){_NAME}")
_DELETE = re.compile(rf"\bDELETE\s+FROM\s+{_NAME}")
_MERGE = re.compile(rf"\bMERGE\s+INTO\s+{_NAME}")
_MERGE_ACTION = re.compile(r"\bTHEN\s+(INSERT|UPDATE|DELETE)\b")
_REFRESH = re.compile(rf"\bREFRESH\s+MATERIALIZED\s+VIEW\s+(?:CONCURRENTLY\s+)?{_NAME}")
_LOCK = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+|KEY\s+)?(?:UPDATE|SHARE)\b(?:\s+OF\s+(\w+(?:\s*,\s*\w+)*))?")
_PARENTHESES = re.compile(r"\([^()]*\)")
_SOURCES = re.compile(r"\bFROM\b(.*?)(?=\bWHERE\b|\bGROUP\b|\bORDER\b|\bLIMIT\b|\bFROM\b|$)", re.DOTALL)
_SOURCE = re.compile(r"\s*(?:ONLY\s+)?\"?([a-z_]\w*)\"?(?:\s+(?:AS\s+)?([a-z_]\w*))?")
_PUBLISHED = re.compile(r"published\.modules\(\"(\w+)\"\)")


@cache
def catalog(url: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the relations of the schema, partitions left out, and of the functions that not everybody may call."""
    relations = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
          AND NOT relispartition AND relname <> 'alembic_version'
    """
    functions = """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
          AND NOT has_function_privilege('pg_monitor', oid, 'EXECUTE')
    """
    with psycopg.connect(url) as connection:
        return (
            frozenset(name for (name,) in connection.execute(relations)),
            frozenset(name for (name,) in connection.execute(functions)),
        )


def granted(url: str) -> Grants:
    """What the roles of contexts were granted in the database at `url`."""
    statement = """
        WITH granted (object, privilege, grantee) AS (
            SELECT c.relname, acl.privilege_type, acl.grantee FROM pg_class c, aclexplode(c.relacl) acl
            WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT c.relname, replace(acl.privilege_type, 'UPDATE', 'LOCK'), acl.grantee
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) acl
            WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT p.proname, acl.privilege_type, acl.grantee FROM pg_proc p, aclexplode(p.proacl) acl
            WHERE p.pronamespace = 'public'::regnamespace
        )
        SELECT r.rolname, g.privilege, g.object FROM granted g JOIN pg_roles r ON r.oid = g.grantee
        WHERE r.rolname = ANY(%s)
    """
    _, *roles = login_roles()
    found: Grants = {role: set() for role in roles}
    with psycopg.connect(url) as connection:
        for role, privilege, name in connection.execute(statement, (roles,)):
            found[role].add((privilege, name))
    return found


def needed(url: str) -> Grants:
    """What the code of every context does with the relations and functions of the database at `url`."""
    relations, functions = catalog(url)
    found: Grants = {context_role(context): set() for context in manifests()}
    for context in manifests():
        for file in code_of(context):
            found[context_role(context)] |= needed_by(file.read_text(), relations, functions)
    return {role: without_implied(grants) for role, grants in found.items()}


def without_implied(grants: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The same without locks of what may be updated anyway."""
    return {(privilege, name) for privilege, name in grants if privilege != "LOCK" or ("UPDATE", name) not in grants}


def code_of(context: str) -> set[Path]:
    """The sources that run in a context's functions, migrations left out: those run as the owner."""
    files = set((ROOT / "functions" / context).rglob("*.py"))
    while True:
        imported = with_imported(files, ROOT)
        published = {name for file in imported for name in _PUBLISHED.findall(file.read_text())}
        imported |= {file for name in published for file in ROOT.glob(f"shared/contexts/*/{name}.py")}
        if imported == files:
            return {file for file in files if "migrations" not in file.parts}
        files = imported


def needed_by(source: str, relations: Collection[str], functions: Collection[str]) -> set[tuple[str, str]]:
    """What the statements of one source do."""
    tree = ast.parse(source)
    named = {text for _, text in strings(tree) if text in relations}
    grants: set[tuple[str, str]] = set()
    for text in _statements(tree):
        for privilege, name in (*_written(text), *_locked(text), *(("SELECT", name) for name in names_read(text))):
            if name.startswith("{"):
                grants |= {(privilege, one) for one in named}
            elif name.strip('"') in relations:
                grants.add((privilege, name.strip('"')))
        grants |= {("EXECUTE", name) for name in functions if f"{name}(" in text}
    return grants


def _written(text: str) -> Iterator[tuple[str, str]]:
    for match in _INSERT.finditer(text):
        yield "INSERT", match.group(1)
        rest = text[match.end() :]
        rest = rest[: following.start()] if (following := _INSERT.search(rest)) else rest
        if "DO UPDATE" in rest:
            yield "UPDATE", match.group(1)
        if "ON CONFLICT" in rest or "RETURNING" in rest:
            yield "SELECT", match.group(1)
    for privilege, pattern in (("UPDATE", _UPDATE), ("DELETE", _DELETE)):
        for match in pattern.finditer(text):
            yield privilege, match.group(1)
            yield "SELECT", match.group(1)
    for match in _MERGE.finditer(text):
        yield "SELECT", match.group(1)
        for privilege in _MERGE_ACTION.findall(text, match.end()):
            yield privilege, match.group(1)
    for match in _REFRESH.finditer(text):
        yield "MAINTAIN", match.group(1)


def _locked(text: str) -> Iterator[tuple[str, str]]:
    """What a lock is on: all sources of its query, or those that it names."""
    for match in _LOCK.finditer(text):
        aliases = re.findall(r"\w+", match.group(1) or "")
        for sources in _SOURCES.finditer(_query_before(text, match.start())):
            for item in re.split(r",|\bJOIN\b|\bUSING\b", sources.group(1)):
                source = _SOURCE.match(item)
                if source and (not aliases or not {source.group(1), source.group(2)}.isdisjoint(aliases)):
                    yield "LOCK", source.group(1)


def _query_before(text: str, end: int) -> str:
    """The query that goes on until `end`, without what stands in parentheses inside it."""
    depth = 0
    start = end
    while start and depth >= 0:
        start -= 1
        depth += {")": 1, "(": -1}.get(text[start], 0)
    query = text[start + (depth < 0) : end]
    while _PARENTHESES.search(query):
        query = _PARENTHESES.sub(" ", query)
    return query


def _statements(tree: ast.Module) -> Iterator[str]:
    """Every string, with constants of the module put in where an f-string names them."""
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            text = _text(node.value, constants)
            if isinstance(target, ast.Name) and text is not None:
                constants[target.id] = text
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            text = _text(node, constants)
            if text is not None:
                yield text


def _text(node: ast.AST, constants: Mapping[str, str]) -> str | None:
    """The string that an expression is, as far as it can be read; what cannot is `{}`."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return constants.get(name)
        case ast.JoinedStr(values=values):
            return "".join(_part(value, constants) for value in values)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            parts = [_text(left, constants), _text(right, constants)]
            return "".join(part or "{}" for part in parts) if any(parts) else None
        case ast.Call(func=ast.Attribute(attr="SQL"), args=[argument]):
            return _text(argument, constants)
    return None


def _part(value: Any, constants: Mapping[str, str]) -> str:
    inner = value.value if isinstance(value, ast.FormattedValue) else value
    return _text(inner, constants) or "{}"
