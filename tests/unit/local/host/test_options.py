"""Command line and environment of a start."""

from pathlib import Path

import pytest

from infra.local.host.errors import StartError
from infra.local.host.options import Web, check_time_zone, prepare_home, read_options


def test_the_environment_chooses_port_processes_and_administrator() -> None:
    options = read_options(
        [], {"PORT": "9000", "MAX_PROCESSES": "2", "ADMIN_EMAIL": "a@b.example", "ADMIN_PASSWORD": "secret"}
    )

    assert (options.port, options.processes) == (9000, 2)
    assert (options.admin_email, options.admin_password) == ("a@b.example", "secret")


@pytest.mark.parametrize(("value", "packaged"), [("1", True), ("0", False), ("", False)])
def test_functions_run_from_their_packages_when_asked_to(value: str, packaged: bool) -> None:
    assert read_options([], {"PACKAGED": value}).packaged is packaged
    assert read_options(["--packaged"], {"PACKAGED": value}).packaged


@pytest.mark.parametrize(("value", "demo"), [("1", True), ("0", False), ("", False)])
def test_a_shop_comes_with_a_demo_when_asked_for(value: str, demo: bool) -> None:
    assert read_options([], {"DEMO": value}).demo is demo
    assert read_options(["--demo"], {"DEMO": value}).demo
    assert not read_options(["--no-demo"], {"DEMO": value}).demo


def test_the_command_line_wins_over_the_environment() -> None:
    assert read_options(["--port", "0"], {"PORT": "9000"}).port == 0


def test_function_variables_may_hold_equals_signs() -> None:
    options = read_options(["--function-env", "A=b=c", "--function-env", "D="], {})

    assert options.function_environment == {"A": "b=c", "D": ""}


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ([], {"PORT": "http"}),
        ([], {"PORT": "65536"}),
        ([], {"MAX_PROCESSES": "0"}),
        (["--function-env", "A"], {}),
        (["--visibility-timeout", "-1"], {}),
    ],
)
def test_a_value_that_cannot_be_used_is_said_in_one_line(arguments: list[str], environment: dict[str, str]) -> None:
    with pytest.raises(StartError) as caught:
        read_options(arguments, environment)

    assert "\n" not in str(caught.value)


def test_a_data_folder_belongs_to_one_start_at_a_time(tmp_path: Path) -> None:
    prepare_home(tmp_path / "home")

    with pytest.raises(StartError, match="running already"):
        prepare_home(tmp_path / "home")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartError, match=r"file/home cannot be written"):
        prepare_home(tmp_path / "file" / "home")


def test_an_unknown_time_zone_ends_the_start_with_its_name() -> None:
    options = read_options([], {"SHOP_TIME_ZONE": "Europe/Hamburg"})
    with pytest.raises(StartError, match="SHOP_TIME_ZONE: 'Europe/Hamburg' is no time zone"):
        check_time_zone(options)


@pytest.mark.parametrize(
    ("chosen", "web"),
    [({}, Web.OFF), ({"WEB": "0"}, Web.OFF), ({"WEB": "1"}, Web.BUILT), ({"WEB": "dev"}, Web.DEVELOPMENT)],
)
def test_pages_are_left_out_built_or_shown_by_vite(chosen: dict[str, str], web: Web) -> None:
    assert read_options([], chosen).web is web


def test_pages_that_there_are_not_and_choices_that_there_are_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="WEB must be 0, 1 or dev, not 'yes'"):
        read_options([], {"WEB": "yes"})
    with pytest.raises(StartError, match="has no pages; leave them out: WEB=0"):
        read_options(["--root", str(tmp_path)], {"WEB": "1"})
