"""Each construct alone: what one trigger makes, whoever uses it."""

from __future__ import annotations

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk.assertions import Match, Template

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.bucket_trigger import BucketTrigger
from infra.constructs.context_function import FunctionSpec, Reach
from infra.constructs.database import Database
from infra.constructs.foundation import ContextHome, Foundation
from infra.constructs.invoked_function import InvokedFunction, run_at_deployment
from infra.constructs.lambda_layer import Layers
from infra.constructs.live_alias import Canaries
from infra.constructs.queue_worker import QueueWorker
from infra.constructs.retained_log_group import keep_provider_logs
from infra.constructs.scheduled_job import ScheduledJob
from infra.environments import DEV, PROD, Environment

Synthesis = Callable[[], Template]


@pytest.fixture
def stack(bare_app: cdk.App) -> cdk.Stack:
    return cdk.Stack(bare_app, "Alone")


@pytest.fixture
def home(stack: cdk.Stack) -> ContextHome:
    """A context in a stack of its own, over the smallest foundation there can be."""
    vpc = ec2.Vpc(stack, "Vpc", max_azs=1)
    key = kms.Key(stack, "Key")
    foundation = Foundation(
        environment=DEV,
        vpc=vpc,
        private_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        egress_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        function_group=ec2.SecurityGroup(stack, "Group", vpc=vpc),
        key=key,
        database_url="postgresql://sharestack@database:5432/sharestack",
        database_arn="arn:aws:rds-db:eu-central-1:123456789012:dbuser:cluster/sharestack",
        table=dynamodb.TableV2(
            stack, "Table", partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING)
        ),
        bus=events.EventBus(stack, "Bus"),
        api_id="api",
        authorizer_id="authorizer",
        public_url="https://sharestack.example",
        alarm_action=cloudwatch_actions.SnsAction(sns.Topic(stack, "Topic")),
    )
    return ContextHome(name="catalog", foundation=foundation, layers=Layers(stack), canaries=Canaries(stack), key=key)


@pytest.fixture
def spec() -> FunctionSpec:
    return FunctionSpec(handler="import_products", timeout=20)


@pytest.fixture
def template(stack: cdk.Stack) -> Synthesis:
    """Synthesizes the stack when it is called, once the test has added what it wants."""
    return lambda: Template.from_stack(stack)


def test_an_api_function_takes_every_method_of_its_paths(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    ApiFunction(stack, "Api", home=home, spec=spec, routes=any_method(["/a", "/a/{id}"]))
    made = template()
    for path in ("/a", "/a/{id}"):
        made.has_resource_properties("AWS::ApiGatewayV2::Route", {"ApiId": "api", "RouteKey": f"ANY {path}"})
    made.resource_count_is("AWS::ApiGatewayV2::Integration", 1)
    made.has_resource_properties("AWS::Lambda::Permission", {"Principal": "apigateway.amazonaws.com"})


def test_a_queue_worker_reports_partial_failures_and_gives_up_after_five_tries(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    QueueWorker(stack, "Worker", home=home, spec=spec, batch_size=5, batching_window=2)
    made = template()
    made.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {
            "BatchSize": 5,
            "MaximumBatchingWindowInSeconds": 2,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": {"MaximumConcurrency": DEV.worker_concurrency},
        },
    )
    made.has_resource_properties(
        "AWS::SQS::Queue",
        {
            "QueueName": "sharestack-dev-catalog-import-products",
            "VisibilityTimeout": 6 * 20 + 2,
            "RedrivePolicy": Match.object_like({"maxReceiveCount": 5}),
        },
    )
    made.has_resource_properties(
        "AWS::CloudWatch::Alarm", {"AlarmName": "sharestack-dev-catalog-import-products-dead-letters"}
    )


def test_a_queue_worker_without_a_subscription_has_no_rule(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    QueueWorker(stack, "Worker", home=home, spec=spec)
    template().resource_count_is("AWS::Events::Rule", 0)


def test_a_subscription_fills_the_queue_and_keeps_what_cannot_be_delivered(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    QueueWorker(stack, "Worker", home=home, spec=spec).subscribe(["OrderPaid", "OrderCancelled"])
    made = template()
    for detail_type in ("OrderPaid", "OrderCancelled"):
        made.has_resource_properties(
            "AWS::Events::Rule",
            {
                "EventPattern": {"detail-type": [detail_type]},
                "Targets": [Match.object_like({"DeadLetterConfig": Match.any_value()})],
            },
        )


def test_a_scheduled_job_is_retried_and_then_kept(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    ScheduledJob(stack, "Job", home=home, spec=spec, every=cdk.Duration.minutes(5))
    made = template()
    made.has_resource_properties(
        "AWS::Scheduler::Schedule",
        {
            "ScheduleExpression": "rate(5 minutes)",
            "Target": Match.object_like({"RetryPolicy": {"MaximumEventAgeInSeconds": 300, "MaximumRetryAttempts": 3}}),
        },
    )
    made.has_resource_properties(
        "AWS::Lambda::EventInvokeConfig", {"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 300}
    )


def test_the_scheduler_may_invoke_its_one_function_only(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    job = ScheduledJob(stack, "Job", home=home, spec=spec, every=cdk.Duration.minutes(5))
    alias = stack.get_logical_id(job.node.find_child("Live").node.default_child)
    template().has_resource_properties(
        "AWS::IAM::Policy",
        {
            "PolicyDocument": {
                "Statement": Match.array_with(
                    [
                        {
                            "Action": "lambda:InvokeFunction",
                            "Effect": "Allow",
                            "Resource": {"Ref": alias},
                        }
                    ]
                )
            }
        },
    )


def test_a_bucket_trigger_wakes_for_its_prefix_and_reads_nothing_else(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    bucket = s3.Bucket(stack, "Uploads")
    BucketTrigger(stack, "Trigger", home=home, spec=spec, bucket=bucket, prefix="incoming/")
    made = template()
    made.has_resource_properties(
        "Custom::S3BucketNotifications",
        {
            "NotificationConfiguration": {
                "LambdaFunctionConfigurations": [
                    Match.object_like({"Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "incoming/"}]}}})
                ]
            }
        },
    )
    assert "/incoming/*" in str(made.find_resources("AWS::IAM::Policy"))


def test_an_invoked_function_is_named_in_the_outputs_and_woken_by_nothing(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    InvokedFunction(stack, "Invoked", home=home, spec=spec)
    made = template()
    made.has_output("ImportProductsFunction", {"Value": Match.any_value()})
    for kind in ("AWS::Lambda::EventSourceMapping", "AWS::Scheduler::Schedule", "AWS::ApiGatewayV2::Route"):
        made.resource_count_is(kind, 0)


@pytest.mark.parametrize("on_every_change", [True, False])
def test_a_deployment_can_invoke_a_function_once_or_at_every_change(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis, on_every_change: bool
) -> None:
    run_at_deployment(InvokedFunction(stack, "Invoked", home=home, spec=spec), on_every_change=on_every_change)
    template().has_resource_properties(
        "Custom::Trigger", {"InvocationType": "RequestResponse", "ExecuteOnHandlerChange": on_every_change}
    )


def test_a_function_outside_the_network_has_no_database(
    stack: cdk.Stack, home: ContextHome, template: Synthesis
) -> None:
    InvokedFunction(stack, "Invoked", home=home, spec=FunctionSpec(handler="import_products", reach=Reach.AWS))
    made = template()
    made.has_resource_properties("AWS::Lambda::Function", {"Handler": Match.any_value(), "VpcConfig": Match.absent()})
    assert "rds-db:connect" not in str(made.find_resources("AWS::IAM::Policy"))


def test_a_secret_is_named_by_a_variable_and_readable(
    stack: cdk.Stack, home: ContextHome, spec: FunctionSpec, template: Synthesis
) -> None:
    secret = secretsmanager.Secret(stack, "Secret")
    InvokedFunction(stack, "Invoked", home=home, spec=spec).read_secret("KEYS_SECRET_ARN", secret)
    made = template()
    arn = {"Ref": stack.get_logical_id(secret.node.default_child)}
    made.has_resource_properties(
        "AWS::Lambda::Function",
        {"Environment": {"Variables": Match.object_like({"KEYS_SECRET_ARN": arn})}},
    )
    policies = str(made.find_resources("AWS::IAM::Policy"))
    assert "secretsmanager:GetSecretValue" in policies
    assert "secretsmanager:PutSecretValue" not in policies


def test_a_layer_is_made_once_however_many_functions_use_it(
    stack: cdk.Stack, home: ContextHome, template: Synthesis
) -> None:
    for handler in ("api", "import_products"):
        InvokedFunction(stack, handler, home=home, spec=FunctionSpec(handler=handler))
    template().resource_count_is("AWS::Lambda::LayerVersion", 4)


def database(stack: cdk.Stack, environment: Environment) -> Database:
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2)
    return Database(
        stack,
        "Database",
        environment=environment,
        vpc=vpc,
        subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        security_group=ec2.SecurityGroup(stack, "Group", vpc=vpc),
        function_group=ec2.SecurityGroup(stack, "Functions", vpc=vpc),
        key=kms.Key(stack, "Key"),
    )


def test_a_database_without_a_proxy_is_reached_at_its_writer(stack: cdk.Stack, template: Synthesis) -> None:
    made = database(stack, DEV)
    assert stack.resolve(made.url)["Fn::Join"][1][0] == "postgresql://sharestack@"
    assert "Endpoint.Address" in str(stack.resolve(made.url))
    template().resource_count_is("AWS::RDS::DBProxy", 0)


def test_a_database_with_a_proxy_is_reached_through_it(stack: cdk.Stack, template: Synthesis) -> None:
    made = database(stack, PROD)
    synthesized = template()
    [proxy] = synthesized.find_resources("AWS::RDS::DBProxy")
    assert {"Fn::GetAtt": [proxy, "Endpoint"]} in stack.resolve(made.url)["Fn::Join"][1]
    assert proxy in str(stack.resolve(made.connect_arn))


def test_logs_of_cdk_s_own_providers_end_too(stack: cdk.Stack, template: Synthesis) -> None:
    ec2.Vpc(stack, "Vpc", max_azs=1)
    keep_provider_logs(stack, DEV)
    made = template()
    [group] = made.find_resources("AWS::Logs::LogGroup", {"Properties": {"RetentionInDays": DEV.log_days}})
    made.has_resource_properties("AWS::Lambda::Function", {"LoggingConfig": {"LogGroup": {"Ref": group}}})
