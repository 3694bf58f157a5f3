"""New code gets its traffic by and by, and loses it again when an alarm is raised."""

from __future__ import annotations

from tests.infra.deployment import Deployment, Resource, references


def aliases(deployed: Deployment) -> dict[tuple[str, str], Resource]:
    """Aliases by the function that they are of."""
    return {
        (alias.stack, reference): alias
        for alias in deployed.resources("AWS::Lambda::Alias")
        for reference in references(alias.properties["FunctionName"])
    }


def canaried(deployed: Deployment) -> set[str]:
    """Handlers whose alias is moved by CodeDeploy."""
    return {
        deployed.templates[stack]["Resources"][function]["Properties"]["Handler"]
        for (stack, function), alias in aliases(deployed).items()
        if "CodeDeployLambdaAliasUpdate" in alias.body.get("UpdatePolicy", {})
    }


def test_every_trigger_wakes_an_alias(deployed: Deployment) -> None:
    """`Deployment.woken` insists on it; here every kind of trigger goes through it once.

    A function that nothing wakes is invoked by name: by a deployment or by an operator, so its name is an output.
    """
    targets = [(r.stack, r.properties["IntegrationUri"]) for r in deployed.resources("AWS::ApiGatewayV2::Integration")]
    targets += [(r.stack, r.properties["FunctionName"]) for r in deployed.resources("AWS::Lambda::EventSourceMapping")]
    targets += [(r.stack, r.properties["Target"]["Arn"]) for r in deployed.resources("AWS::Scheduler::Schedule")]
    for notification in deployed.resources("Custom::S3BucketNotifications"):
        entries = notification.properties["NotificationConfiguration"]["LambdaFunctionConfigurations"]
        targets += [(notification.stack, entry["LambdaFunctionArn"]) for entry in entries]
    woken = {deployed.woken(stack, target).logical_id for stack, target in targets}
    for function in deployed.functions():
        outputs = deployed.templates[function.stack].get("Outputs", {})
        named = any(function.logical_id in references(output["Value"]) for output in outputs.values())
        assert (function.logical_id in woken) != named, str(function)


def test_where_people_depend_on_it_new_code_of_apis_and_queue_workers_starts_with_a_tenth(deployed: Deployment) -> None:
    queued = {
        deployed.woken(mapping.stack, mapping.properties["FunctionName"]).properties["Handler"]
        for mapping in deployed.resources("AWS::Lambda::EventSourceMapping")
    }
    http = {
        deployed.templates[stack]["Resources"][function]["Properties"]["Handler"]
        for stack, function in deployed.behind_the_gateway()
    }
    pages = {"entry.handler"}
    assert canaried(deployed) == (queued | http | pages if deployed.environment.gradual_deployments else set())
    for group in deployed.resources("AWS::CodeDeploy::DeploymentGroup"):
        assert group.properties["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"


def test_production_and_staging_deploy_gradually(prod: Deployment) -> None:
    assert prod.environment.gradual_deployments
    assert prod.resources("AWS::CodeDeploy::DeploymentGroup")


def test_a_deployment_goes_back_when_the_function_fails_or_answers_server_errors(prod: Deployment) -> None:
    for group in prod.resources("AWS::CodeDeploy::DeploymentGroup"):
        assert group.properties["AutoRollbackConfiguration"] == {
            "Enabled": True,
            "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM"],
        }
        resources = prod.templates[group.stack]["Resources"]
        watched = [resources[alarm["Name"]["Ref"]] for alarm in group.properties["AlarmConfiguration"]["Alarms"]]
        names = {alarm["Properties"]["AlarmName"].rpartition("sharestack-prod-")[2] for alarm in watched}
        function = f"{group.stack.lower()}-{group.properties['DeploymentGroupName'].replace('_', '-')}"
        http = any(key == group.stack for key, _ in prod.behind_the_gateway()) and f"{function}-server-errors" in names
        assert names == {f"{function}-errors"} | ({f"{function}-server-errors"} if http else set())
        # A canary has five minutes: an alarm must be raised within one.
        assert {(alarm["Properties"]["Period"], alarm["Properties"]["EvaluationPeriods"]) for alarm in watched} == {
            (60, 1)
        }


def test_every_http_function_counts_its_server_errors(deployed: Deployment) -> None:
    """To Lambda, an answer with status 500 is a success."""
    counted = {
        (resource.stack, reference)
        for resource in deployed.resources("AWS::Logs::MetricFilter")
        for reference in references(resource.properties["LogGroupName"])
        if resource.properties["FilterPattern"] == "{ $.status_code >= 500 }"
    }
    groups = {
        (stack, deployed.templates[stack]["Resources"][function]["Properties"]["LoggingConfig"]["LogGroup"]["Ref"])
        for stack, function in deployed.behind_the_gateway()
    }
    assert groups == counted


def test_versions_stay_so_that_an_alias_can_be_moved_back(deployed: Deployment) -> None:
    """All but those of a deployment that failed: the next one may bring the very same code, and make it again."""
    versions = deployed.resources("AWS::Lambda::Version")
    assert versions
    assert {version.body["DeletionPolicy"] for version in versions} == {"RetainExceptOnCreate"}
    assert {version.body["UpdateReplacePolicy"] for version in versions} == {"Retain"}
