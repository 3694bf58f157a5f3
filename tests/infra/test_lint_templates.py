"""cfn-lint runs over every template, finds what CloudFormation would refuse, and looks once at what is in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra import lint_templates
from infra.checked_templates import checked_templates
from infra.environments import ENVIRONMENTS
from infra.lint_templates import Stack, lint, stacks
from tests.infra.deployment import Deployment

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}}


def written(folder: Path, name: str, **resources: Any) -> Stack:
    file = folder / f"{name}.template.json"
    file.write_text(json.dumps({"Resources": resources}))
    return Stack(file, "ap-southeast-1")


def test_what_cloudformation_would_refuse_is_a_line_with_its_place(tmp_path: Path) -> None:
    right = written(tmp_path, "Right", Queue=QUEUE)
    wrong = written(tmp_path, "Wrong", Queue={**QUEUE, "Properties": {"VisibilityTimeout": 60, "Colour": "red"}})
    known = tmp_path / "known"
    for _ in range(2):  # what is wrong is found again
        [line] = lint([right, wrong], known)
        assert line.startswith("Wrong.template.json: E3002 Resources/Queue/Properties/Colour")
    assert known.read_text().split() == [right.digest]


def test_what_was_in_order_is_not_looked_at_again_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack, known = written(tmp_path, "Right", Queue=QUEUE), tmp_path / "known"
    assert lint([stack], known) == []
    seen: list[Path] = []
    monkeypatch.setattr(lint_templates, "_findings", lambda region, templates: seen.extend(templates) or [])
    assert lint([stack], known) == []
    assert seen == []
    written(tmp_path, "Right", Queue=QUEUE, Another=QUEUE)
    assert lint([stack], known) == []
    assert seen == [stack.template]


def test_every_stack_of_every_environment_is_looked_at_for_its_own_region(prod: Deployment) -> None:
    assert {environment.name for environment in lint_templates.ENVIRONMENTS} == set(ENVIRONMENTS)
    with checked_templates(prod.environment) as folder:
        regions = {
            stack.template.name.removeprefix("ShareStack-Prod-").removesuffix(".template.json"): stack.region
            for stack in stacks(folder)
        }
    assert set(regions) == set(prod.templates)
    assert {name for name, region in regions.items() if region == "us-east-1"} == {"Front"}
    assert set(regions.values()) == {"us-east-1", prod.environment.region}
