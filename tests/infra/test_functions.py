"""What holds for every function, in every environment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from infra.constructs.context_function import SNAP_STARTED
from tests.infra.deployment import Deployment, Resource, references

FUNCTIONS = {
    "analytics": {"api", "refresh_views"},
    "discovery": {"api", "refresh_recommendations"},
    "identity": {"api", "erase_accounts", "on_export_requested", "rotate_signing_keys"},
    "catalog": {
        "api",
        "import_products",
        "notice_low_stock",
        "on_export_requested",
        "on_product_changed",
        "purge_pages",
        "rebuild_search",
        "refresh_popularity",
    },
    "media": {"api", "process_image", "remove_unused"},
    "ordering": {"api", "expire_reservations", "notice_abandoned_carts", "prepare_partitions"},
    "payments": {
        "api",
        "receive_webhook",
        "on_webhook",
        "on_account_erased",
        "on_order_events",
        "resolve_refunds",
        "reconcile",
        "notice_disputes",
    },
    "notifications": {"on_account_events", "on_offer_events", "on_order_events", "on_shop_events"},
    "operations": {"api", "migrate", "seed", "sweep_outbox"},
}

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
    "TABLE_NAME",
    "TRUSTED_PROXY_HOPS",
}


def variables(function: Resource) -> dict[str, object]:
    found: dict[str, object] = function.properties["Environment"]["Variables"]
    return found


def test_every_handler_of_every_context_is_a_function(deployed: Deployment) -> None:
    handlers = {
        f"functions.{context}.handlers.{handler}.handler" for context, names in FUNCTIONS.items() for handler in names
    }
    assert {function.properties["Handler"] for function in deployed.functions()} == handlers


def test_every_handler_file_that_exists_is_deployed(dev: Deployment) -> None:
    files = Path(__file__).parents[2].glob("functions/*/handlers/[!_]*.py")
    written = {f"functions.{path.parts[-3]}.handlers.{path.stem}.handler" for path in files}
    assert written <= {function.properties["Handler"] for function in dev.functions()}


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
        for reference in references(alarm.properties["Dimensions"])
    }
    for function in deployed.functions():
        assert function.properties["TracingConfig"] == {"Mode": "Active"}
        assert function.logical_id in watched


def test_functions_log_json_into_groups_that_are_encrypted_and_end(deployed: Deployment) -> None:
    for function in deployed.functions():
        logging = function.properties["LoggingConfig"]
        assert logging["LogFormat"] == "JSON"
        group = deployed.templates[function.stack]["Resources"][logging["LogGroup"]["Ref"]]["Properties"]
        assert group["RetentionInDays"] == deployed.environment.log_days
        assert "KmsKeyId" in group


def test_functions_have_the_common_variables(deployed: Deployment) -> None:
    for function in deployed.functions():
        assert set(variables(function)) >= COMMON_VARIABLES, str(function)
        assert variables(function)["ENVIRONMENT"] == deployed.environment.name
        assert function.properties["Handler"].split(".")[1] == variables(function)["SERVICE"]


@pytest.mark.parametrize(
    ("context", "handler", "own"),
    [
        ("analytics", "api", set()),
        ("analytics", "refresh_views", set()),
        ("discovery", "api", set()),
        ("discovery", "refresh_recommendations", set()),
        ("identity", "api", {"SIGNING_KEYS_SECRET_ARN", "IMPORTS_BUCKET"}),
        ("identity", "erase_accounts", {"IMPORTS_BUCKET"}),
        ("identity", "on_export_requested", {"IMPORTS_BUCKET"}),
        ("identity", "rotate_signing_keys", {"SIGNING_KEYS_SECRET_ARN"}),
        ("catalog", "api", {"IMPORTS_BUCKET", "DOWNLOADS_BUCKET"}),
        ("catalog", "import_products", {"IMPORTS_BUCKET"}),
        ("catalog", "on_export_requested", {"IMPORTS_BUCKET"}),
        ("catalog", "purge_pages", {"DISTRIBUTION_PARAMETER"}),
        ("media", "api", {"MEDIA_BUCKET"}),
        ("media", "process_image", set()),
        ("media", "remove_unused", {"MEDIA_BUCKET"}),
        ("ordering", "api", {"SELLER_NAME", "SELLER_ADDRESS", "SELLER_TAX_ID"}),
        ("payments", "api", {"STRIPE_SECRET_ARN"}),
        ("payments", "on_webhook", {"STRIPE_SECRET_ARN"}),
        ("payments", "on_order_events", {"STRIPE_SECRET_ARN"}),
        ("payments", "on_account_erased", {"STRIPE_SECRET_ARN"}),
        ("payments", "resolve_refunds", {"STRIPE_SECRET_ARN"}),
        ("payments", "reconcile", {"STRIPE_SECRET_ARN"}),
        ("payments", "notice_disputes", set()),
        ("payments", "receive_webhook", {"STRIPE_WEBHOOK_SECRET_ARN", "WEBHOOK_QUEUE_URL"}),
        ("notifications", "on_account_events", {"MAIL_FROM"}),
        ("notifications", "on_offer_events", {"MAIL_FROM"}),
        ("notifications", "on_order_events", {"MAIL_FROM"}),
        ("notifications", "on_shop_events", {"MAIL_FROM", "OPERATOR_EMAIL"}),
        ("operations", "api", {"IMPORTS_BUCKET"}),
    ],
)
def test_a_function_has_the_variables_of_its_own_task_and_no_others(
    dev: Deployment, context: str, handler: str, own: set[str]
) -> None:
    assert set(variables(dev.function(context, handler))) - COMMON_VARIABLES == own


def test_no_variable_holds_a_password(deployed: Deployment) -> None:
    for function in deployed.functions():
        url = str(variables(function)["DATABASE_URL"])
        assert "postgresql://sharestack@" in url
        assert "sslmode=require" in url
        assert variables(function)["DATABASE_AUTH"] == "iam"


def test_jobs_wait_for_a_database_that_pauses(deployed: Deployment) -> None:
    for schedule in deployed.resources("AWS::Scheduler::Schedule"):
        job = deployed.woken(schedule.stack, schedule.properties["Target"]["Arn"])
        patient = "connect_timeout=20" in str(variables(job)["DATABASE_URL"])
        assert patient == bool(deployed.environment.database_pause_minutes)
        assert not patient or job.properties["Timeout"] >= 30


def test_only_functions_that_hold_fastapi_s_layer_answer_http(dev: Deployment) -> None:
    behind_the_gateway = dev.behind_the_gateway()
    for function in dev.functions():
        has_web = any(reference.startswith("LayersWeb") for reference in references(function.properties["Layers"]))
        is_ingest = function.properties["Handler"] == "functions.payments.handlers.receive_webhook.handler"
        assert has_web == ((function.stack, function.logical_id) in behind_the_gateway and not is_ingest), str(function)


def test_only_the_migration_function_holds_sqlalchemy(dev: Deployment) -> None:
    holders = [
        function.properties["Handler"]
        for function in dev.functions()
        if any(reference.startswith("LayersMigrations") for reference in references(function.properties["Layers"]))
    ]
    assert holders == ["functions.operations.handlers.migrate.handler"]


def test_what_needs_no_database_is_outside_the_network_and_everything_else_is_inside(deployed: Deployment) -> None:
    outside = {
        function.properties["Handler"] for function in deployed.functions() if "VpcConfig" not in function.properties
    }
    assert outside == {
        "functions.catalog.handlers.purge_pages.handler",
        "functions.payments.handlers.receive_webhook.handler",
    }


def test_where_services_have_endpoints_only_what_calls_stripe_can_reach_the_internet(prod: Deployment) -> None:
    for function in prod.functions():
        subnets = str(function.properties.get("VpcConfig", {}).get("SubnetIds", ""))
        assert ("egressSubnet" in subnets) == ("STRIPE_SECRET_ARN" in variables(function)), str(function)


def test_an_api_function_gives_up_before_the_gateway_does(deployed: Deployment) -> None:
    behind_the_gateway = deployed.behind_the_gateway()
    timeouts = [f.properties["Timeout"] for f in deployed.functions() if (f.stack, f.logical_id) in behind_the_gateway]
    assert timeouts
    assert max(timeouts) < 30


def test_the_functions_that_shoppers_wait_for_start_from_snapshots_where_that_is_paid_for(deployed: Deployment) -> None:
    expected = set(SNAP_STARTED) if deployed.environment.snap_start else set()
    found = {
        f"{context}.{handler}"
        for context, handlers in FUNCTIONS.items()
        for handler in handlers
        if deployed.function(context, handler).properties.get("SnapStart") == {"ApplyOn": "PublishedVersions"}
    }
    assert found == expected
