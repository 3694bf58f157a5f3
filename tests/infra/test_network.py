"""The way out of the network: an instance that says itself whether it forwards, or gateways."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.infra.deployment import Deployment, as_list, references


def script(dev: Deployment) -> str:
    """What the instance runs at its first start."""
    instance = dev.only("AWS::EC2::Instance")
    parts = instance.properties["UserData"]["Fn::Base64"]
    return parts if isinstance(parts, str) else "".join(str(part) for part in parts["Fn::Join"][1])


def test_a_deployment_waits_until_the_nat_instance_says_that_it_forwards(dev: Deployment) -> None:
    instance = dev.only("AWS::EC2::Instance")
    assert instance.body["CreationPolicy"] == {"ResourceSignal": {"Count": 1, "Timeout": "PT15M"}}
    assert f"cfn-signal --stack ShareStack-Dev-Network --resource {instance.logical_id}" in script(dev)


def test_the_nat_instance_starts_when_its_subnet_leads_to_the_internet(dev: Deployment) -> None:
    instance = dev.only("AWS::EC2::Instance")
    [subnet] = [name for face in instance.properties["NetworkInterfaces"] for name in references(face["SubnetId"])]
    before = set(as_list(instance.body["DependsOn"]))
    routes = dev.resources("AWS::EC2::Route", stack="Network")
    internet = [route for route in routes if "GatewayId" in route.properties and route.logical_id in before]
    tables = {name for route in internet for name in references(route.properties["RouteTableId"])}
    assert any(
        subnet in references(association.properties["SubnetId"])
        and set(references(association.properties["RouteTableId"])) <= tables
        for association in dev.resources("AWS::EC2::SubnetRouteTableAssociation")
    )


def test_where_there_are_gateways_there_is_no_instance(prod: Deployment) -> None:
    assert not prod.resources("AWS::EC2::Instance")
    assert len(prod.resources("AWS::EC2::NatGateway")) == prod.environment.nat_count


class Machine:
    """Runs the script with programs that note what they are told; `dnf` fails as often as it is asked to."""

    def __init__(self, folder: Path, dev: Deployment) -> None:
        self._folder = folder
        self._notes = folder / "notes"
        self._bin = folder / "bin"
        self._bin.mkdir()
        for name in ("systemctl", "dd", "chmod", "mkswap", "swapon", "sysctl", "iptables", "service", "sleep"):
            self._program(name, "true")
        self._program("ip", "echo 'default via 10.0.0.1 dev ens5 proto dhcp src 10.0.0.7 metric 512'")
        self._program("cfn-signal", "true")
        text = script(dev).replace("/opt/aws/bin/", f"{self._bin}/").replace("/etc/sysctl.d/", f"{folder}/")
        self._script = folder / "start.sh"
        self._script.write_text(text)

    def _program(self, name: str, body: str) -> None:
        file = self._bin / name
        file.write_text(f'#!/bin/bash\necho "{name} $*" >> {self._notes}\n{body}\n')
        file.chmod(0o755)

    def start(self, *, failures: int) -> tuple[int, list[str]]:
        """The exit status, and what was called in which order."""
        count = self._folder / "count"
        count.write_text("0")
        self._program(
            "dnf", f'n=$(cat {count}); echo $((n + 1)) > {count}; if [ "$n" -lt {failures} ]; then exit 1; fi'
        )
        path = f"{self._bin}:{os.environ['PATH']}"
        result = subprocess.run(["bash", str(self._script)], env={"PATH": path}, capture_output=True, check=False)
        return result.returncode, self._notes.read_text().splitlines()


@pytest.mark.parametrize("failures", [0, 3])
def test_packages_that_cannot_be_fetched_at_once_are_asked_for_again(
    tmp_path: Path, dev: Deployment, failures: int
) -> None:
    status, called = Machine(tmp_path, dev).start(failures=failures)
    assert status == 0
    installs = [call for call in called if call.startswith("dnf")]
    assert len(installs) == failures + 1
    assert called.index("swapon /swapfile") < called.index(installs[0]), "memory first"
    assert called.index(installs[-1]) < called.index("iptables -t nat -A POSTROUTING -o ens5 -j MASQUERADE")
    assert called[-1].startswith("cfn-signal")
    assert " -e 0" in called[-1]


def test_an_instance_that_does_not_forward_says_so(tmp_path: Path, dev: Deployment) -> None:
    status, called = Machine(tmp_path, dev).start(failures=1_000)
    assert status != 0
    assert not [call for call in called if call.startswith("iptables")]
    assert called[-1].startswith("cfn-signal")
    assert " -e 0" not in called[-1]
