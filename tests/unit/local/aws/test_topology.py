"""The deployed topology as read from CloudFormation templates."""

import copy
from typing import Any

import pytest

from infra.local.aws.intrinsics import Assembly
from infra.local.aws.naming import Identity
from infra.local.aws.topology import Cors, EventSource, Route, Schedule, Topology, read_topology
from infra.local.host.errors import StartError

ADDRESSES = {"cloud": "http://127.0.0.1:5000", "gateway": "http://127.0.0.1:8000"}

TEMPLATES: dict[str, dict[str, Any]] = {
    "Edge": {
        "Resources": {
            "Api": {
                "Type": "AWS::ApiGatewayV2::Api",
                "Properties": {"CorsConfiguration": {"AllowOrigins": ["https://a.example"], "AllowMethods": ["GET"]}},
            },
            "Cluster": {"Type": "AWS::RDS::DBCluster", "Properties": {}},
        },
        "Outputs": {
            "Api": {"Value": {"Fn::GetAtt": ["Api", "ApiEndpoint"]}, "Export": {"Name": "Edge:Api"}},
            "Host": {"Value": {"Fn::GetAtt": ["Cluster", "Endpoint"]}, "Export": {"Name": {"Fn::Sub": "Edge:${H}"}}},
        },
        "Parameters": {"H": {"Type": "String", "Default": "Host"}},
    },
    "Orders": {
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
            "Worker": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Handler": "functions.orders.handlers.on_orders.handler",
                    "Timeout": 20,
                    "MemorySize": 512,
                    "Environment": {
                        "Variables": {
                            "QUEUE_URL": {"Ref": "Queue"},
                            "PUBLIC": {"Fn::Join": ["/", [{"Fn::ImportValue": "Edge:Api"}, "v1"]]},
                            "DATABASE_URL": {"Fn::ImportValue": "Edge:Host"},
                        }
                    },
                },
            },
            "Alias": {
                "Type": "AWS::Lambda::Alias",
                "Properties": {"FunctionName": {"Ref": "Worker"}, "Name": "live"},
            },
            "Provider": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler"}},
            "Settings": {
                "Type": "AWS::Lambda::EventInvokeConfig",
                "Properties": {
                    "FunctionName": {"Ref": "Worker"},
                    "MaximumRetryAttempts": 1,
                    "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": ["Queue", "Arn"]}}},
                },
            },
            "Mapping": {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": {
                    "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                    "FunctionName": {"Ref": "Alias"},
                    "FunctionResponseTypes": ["ReportBatchItemFailures"],
                    "ScalingConfig": {"MaximumConcurrency": 2},
                },
            },
            "Integration": {
                "Type": "AWS::ApiGatewayV2::Integration",
                "Properties": {
                    "IntegrationUri": {
                        "Fn::Sub": "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Worker.Arn}/invocations"
                    }
                },
            },
            "Route": {
                "Type": "AWS::ApiGatewayV2::Route",
                "Properties": {
                    "RouteKey": "ANY /orders/{id}",
                    "Target": {"Fn::Join": ["", ["integrations/", {"Ref": "Integration"}]]},
                },
            },
            "Schedule": {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": {
                    "ScheduleExpression": "rate(1 minute)",
                    "State": "DISABLED",
                    "Target": {"Arn": {"Fn::GetAtt": ["Worker", "Arn"]}, "Input": '{"a":1}'},
                },
            },
            "Notifications": {
                "Type": "Custom::S3BucketNotifications",
                "Properties": {
                    "BucketName": "uploads",
                    "NotificationConfiguration": {
                        "LambdaFunctionConfigurations": [
                            {
                                "Events": ["s3:ObjectCreated:*"],
                                "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}]}},
                                "LambdaFunctionArn": {"Fn::GetAtt": ["Worker", "Arn"]},
                            }
                        ]
                    },
                },
            },
        }
    },
}


def topology(templates: dict[str, dict[str, Any]] = TEMPLATES) -> Topology:
    assembly = Assembly(templates, ADDRESSES, {("Edge", "Cluster"): Identity("c", "c", {"Endpoint": "db"})})
    return read_topology(assembly, overridden={"DATABASE_URL"})


def test_a_function_is_named_after_its_context_and_handler_and_keeps_its_limits() -> None:
    functions = topology().functions

    assert set(functions) == {"orders.on_orders"}
    function = functions["orders.on_orders"]
    assert (function.context, function.timeout, function.memory) == ("orders", 20.0, 512)


def test_environment_variables_are_resolved_across_stacks_except_those_replaced_here() -> None:
    assert topology().functions["orders.on_orders"].environment == {
        "QUEUE_URL": "http://127.0.0.1:5000/123456789012/orders",
        "PUBLIC": "http://127.0.0.1:8000/v1",
    }


def test_asynchronous_retries_and_the_failure_queue_come_from_the_template() -> None:
    function = topology().functions["orders.on_orders"]

    assert function.asynchronous_retries == 1
    assert function.failure_queue_arn == "arn:aws:sqs:us-east-1:123456789012:orders"


def test_routes_lead_through_their_integration_to_the_function() -> None:
    assert topology().routes == [Route("ANY", "/orders/{id}", "orders.on_orders")]


def test_an_event_source_mapping_on_an_alias_wakes_the_function_itself() -> None:
    assert topology().event_sources == [
        EventSource("arn:aws:sqs:us-east-1:123456789012:orders", "orders.on_orders", 10, 0.0, 2, partial_failures=True)
    ]


def test_schedules_keep_their_input_and_state() -> None:
    assert topology().schedules == [
        Schedule("orders.on_orders", "rate(1 minute)", "UTC", "orders.on_orders", '{"a":1}', enabled=False)
    ]


def test_bucket_notifications_keep_their_prefix() -> None:
    [trigger] = topology().bucket_triggers

    assert (trigger.bucket, trigger.prefix, trigger.suffix, trigger.function) == (
        "uploads",
        "in/",
        "",
        "orders.on_orders",
    )


def test_cors_comes_from_the_api() -> None:
    assert topology().cors == Cors(("https://a.example",), ("GET",), (), (), credentials=False, max_age=None)


def test_a_function_that_needs_an_unknown_kind_of_resource_is_an_error_that_names_it() -> None:
    templates = copy.deepcopy(TEMPLATES)
    resources = templates["Orders"]["Resources"]
    resources["Stream"] = {"Type": "AWS::Kinesis::Stream", "Properties": {}}
    resources["Worker"]["Properties"]["Environment"]["Variables"]["STREAM"] = {"Ref": "Stream"}

    with pytest.raises(StartError, match=r"no AWS::Kinesis::Stream, which Orders needs as Stream"):
        topology(templates)


def test_an_unknown_intrinsic_function_is_an_error_that_names_it() -> None:
    templates = copy.deepcopy(TEMPLATES)
    templates["Orders"]["Resources"]["Worker"]["Properties"]["Environment"]["Variables"]["X"] = {"Fn::Cidr": ["a"]}

    with pytest.raises(StartError, match="Fn::Cidr"):
        topology(templates)


def test_a_trigger_that_wakes_no_function_of_ours_is_an_error() -> None:
    templates = copy.deepcopy(TEMPLATES)
    templates["Orders"]["Resources"]["Mapping"]["Properties"]["FunctionName"] = {"Ref": "Provider"}

    with pytest.raises(StartError, match="no function of ours"):
        topology(templates)
