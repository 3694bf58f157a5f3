"""What holds for every function, in every environment."""

from __future__ import annotations

import re
from collections import Counter

from infra.assemblies import ROOT
from tests.infra.deployment import Deployment, Resource, code_of, reached, references

COMMON_VARIABLES = {
    "ALLOWED_ORIGINS",
    "DATABASE_AUTH",
    "DATABASE_URL",
    "ENVIRONMENT",
    "EVENT_BUS_NAME",
    "JWT_AUDIENCE",
    "JWT_ISSUER",
    "LOG_LEVEL",
    "POWERTOOLS_SERVICE_NAME",
    "PUBLIC_URL",
    "SERVICE",
    "SHOP_TIME_ZONE",
    "TABLE_NAME",
    "TRUSTED_PROXY_HOPS",
}


def variables(function: Resource) -> dict[str, object]:
    found: dict[str, object] = function.properties["Environment"]["Variables"]
    return found


def test_every_handler_file_is_a_function_and_every_function_has_a_file(deployed: Deployment) -> None:
    files = ROOT.glob("functions/*/handlers/[!_]*.py")
    written = [f"functions.{path.parts[-3]}.handlers.{path.stem}.handler" for path in files]
    assert written
    assert sorted(function.properties["Handler"] for function in deployed.functions()) == sorted(written)


def test_functions_run_python_3_13_on_arm(deployed: Deployment) -> None:
    for function in deployed.functions():
        assert function.properties["Runtime"] == "python3.13"
        assert function.properties["Architectures"] == ["arm64"]


def test_every_function_has_a_role_of_its_own(deployed: Deployment) -> None:
    roles = Counter((function.stack, function.properties["Role"]["Fn::GetAtt"][0]) for function in deployed.functions())
    assert set(roles.values()) == {1}


def test_no_function_role_has_a_managed_policy(deployed: Deployment) -> None:
    for function in deployed.functions():
        role = deployed.templates[function.stack]["Resources"][function.properties["Role"]["Fn::GetAtt"][0]]
        assert "ManagedPolicyArns" not in role["Properties"], str(function)


def test_every_function_is_traced_and_has_an_alarm_on_errors(deployed: Deployment) -> None:
    watched = {
        reference
        for alarm in deployed.resources("AWS::CloudWatch::Alarm")
        if alarm.properties.get("MetricName") == "Errors"
        for reference in references(alarm.properties.get("Dimensions"))
    }
    together = not deployed.environment.alarm_per_function
    for function in deployed.functions():
        assert function.properties["TracingConfig"] == {"Mode": "Active"}
        assert together or function.logical_id in watched


def test_functions_log_json_into_groups_that_are_encrypted_and_end(deployed: Deployment) -> None:
    for function in deployed.functions():
        logging = function.properties["LoggingConfig"]
        assert logging["LogFormat"] == "JSON"
        group = deployed.templates[function.stack]["Resources"][logging["LogGroup"]["Ref"]]["Properties"]
        assert group["RetentionInDays"] == deployed.environment.log_days
        assert "KmsKeyId" in group


def test_logs_of_cdk_s_own_providers_end_too(deployed: Deployment) -> None:
    providers = [
        function
        for function in deployed.resources("AWS::Lambda::Function")
        if not function.properties["Handler"].startswith("functions.")
    ]
    assert providers
    for provider in providers:
        group = provider.properties["LoggingConfig"]["LogGroup"]["Ref"]
        resource = deployed.templates[provider.stack]["Resources"][group]
        assert resource["Properties"]["RetentionInDays"] == deployed.environment.log_days, str(provider)


def test_functions_have_the_common_variables(deployed: Deployment) -> None:
    for function in deployed.functions():
        assert set(variables(function)) >= COMMON_VARIABLES, str(function)
        assert variables(function)["ENVIRONMENT"] == deployed.environment.name
        assert function.properties["Handler"].split(".")[1] == variables(function)["SERVICE"]


# What a function may do with the resource that a variable names; one of these at least.
USES = {
    "_BUCKET": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"},
    "_SECRET_ARN": {"secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"},
    "_QUEUE_URL": {"sqs:SendMessage"},
    "_PARAMETER": {"ssm:GetParameter"},
    "MAIL_FROM": {"ses:SendEmail"},
}


def test_a_variable_that_names_a_resource_comes_with_the_right_to_use_it(deployed: Deployment) -> None:
    for function in deployed.functions():
        allowed = deployed.actions_of(function)
        for variable in set(variables(function)) - COMMON_VARIABLES:
            for ending, actions in USES.items():
                if variable.endswith(ending):
                    assert actions & allowed, f"{function}: {variable}"


def test_no_function_has_a_variable_that_its_code_does_not_read(deployed: Deployment) -> None:
    for function in deployed.functions():
        code = code_of(function)
        for variable in set(variables(function)) - COMMON_VARIABLES:
            assert re.search(rf"\b({variable}|{variable.lower()})\b", code), f"{function}: {variable}"


def test_no_variable_holds_a_password(deployed: Deployment) -> None:
    for function in deployed.functions():
        url = str(variables(function)["DATABASE_URL"])
        assert re.search(r"postgresql://sharestack(_[a-z]+)?@", url)
        assert "sslmode=require" in url
        assert variables(function)["DATABASE_AUTH"] == "iam"


def test_jobs_wait_for_a_database_that_pauses(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        job = deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"])
        patient = "connect_timeout=20" in str(variables(job)["DATABASE_URL"])
        assert patient == bool(deployed.environment.database_pause_minutes)
        assert not patient or job.properties["Timeout"] >= 30


def test_where_the_database_pauses_nobody_keeps_a_connection(deployed: Deployment) -> None:
    pauses = deployed.environment.database_pause_minutes is not None
    for function in deployed.functions():
        told = variables(function).get("DATABASE_PAUSES") == "true"
        assert told == (pauses and "VpcConfig" in function.properties), str(function)


def test_what_must_not_starve_or_be_starved_has_a_part_of_the_account_s_concurrency(deployed: Deployment) -> None:
    """Not in development: a new account has too little to give any of it away."""
    reserved = {
        ".".join(function.properties["Handler"].split(".")[1:4:2]): function.properties["ReservedConcurrentExecutions"]
        for function in deployed.functions()
        if "ReservedConcurrentExecutions" in function.properties
    }
    assert reserved == dict(deployed.environment.reserved_concurrency)
    expected = set() if deployed.environment.name == "dev" else {"ordering.api", "payments.receive_webhook"}
    assert set(reserved) == expected


def test_apis_and_only_they_hold_fastapi_s_layer_and_stand_behind_the_gateway(dev: Deployment) -> None:
    behind_the_gateway = dev.behind_the_gateway()
    for function in dev.functions():
        has_web = any(reference.startswith("LayersWeb") for reference in references(function.properties["Layers"]))
        assert has_web == function.properties["Handler"].endswith(".handlers.api.handler"), str(function)
        assert not has_web or (function.stack, function.logical_id) in behind_the_gateway, str(function)


def test_only_the_migration_function_holds_sqlalchemy(dev: Deployment) -> None:
    holders = [
        function.properties["Handler"]
        for function in dev.functions()
        if any(reference.startswith("LayersMigrations") for reference in references(function.properties["Layers"]))
    ]
    assert holders == ["functions.operations.handlers.migrate.handler"]


def test_who_may_log_into_the_database_is_inside_the_network_and_nobody_else(deployed: Deployment) -> None:
    for function in deployed.functions():
        may_connect = "rds-db:connect" in deployed.actions_of(function)
        assert may_connect == ("VpcConfig" in function.properties), str(function)


def test_a_function_that_never_reaches_the_database_client_is_outside_the_network(deployed: Deployment) -> None:
    for function in deployed.functions():
        needs_database = any(file.match("shared/clients/database.py") for file in reached(function))
        assert needs_database or "VpcConfig" not in function.properties, str(function)


def test_where_services_have_endpoints_only_what_calls_others_can_reach_the_internet(prod: Deployment) -> None:
    """Stripe, and the pictures that product files name."""
    for function in prod.functions():
        subnets = str(function.properties.get("VpcConfig", {}).get("SubnetIds", ""))
        calls = "STRIPE_SECRET_ARN" in variables(function) or "FetchPictures" in str(function)
        assert ("egressSubnet" in subnets) == calls, str(function)


def test_an_api_function_gives_up_before_the_gateway_does(deployed: Deployment) -> None:
    behind_the_gateway = deployed.behind_the_gateway()
    timeouts = [f.properties["Timeout"] for f in deployed.functions() if (f.stack, f.logical_id) in behind_the_gateway]
    assert timeouts
    assert max(timeouts) < 30


def test_where_snapshots_are_paid_for_apis_start_from_them_and_nothing_else_does(deployed: Deployment) -> None:
    """What nobody waits for does not pay for a snapshot's keeping."""
    started = [function for function in deployed.functions() if "SnapStart" in function.properties]
    assert bool(started) == deployed.environment.snap_start
    for function in started:
        assert function.properties["SnapStart"] == {"ApplyOn": "PublishedVersions"}
        assert (function.stack, function.logical_id) in deployed.behind_the_gateway(), str(function)
