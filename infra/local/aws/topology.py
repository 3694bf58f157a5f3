"""What the templates say may wake which function: the deployed topology as plain records.

Everything that the gateway, the pollers, the scheduler and the runtime do is read from here, so that a trigger that CDK
does not define does not exist on this computer either.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.local.aws.intrinsics import Assembly, Resource
from infra.local.aws.naming import arn, function_at_url, function_name
from infra.local.host.errors import StartError

# Lambda's defaults: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
_DEFAULT_TIMEOUT = 3
_DEFAULT_MEMORY = 128


@dataclass(frozen=True)
class Function:
    """A Lambda function of ours; ``timeout`` and ``asynchronous_age`` in seconds, ``memory`` in MiB."""

    name: str
    physical_name: str
    handler: str
    timeout: float
    memory: int
    environment: dict[str, str]
    reserved_concurrency: int | None = None
    asynchronous_retries: int = 2
    asynchronous_age: float = 21_600
    failure_queue_arn: str | None = None

    @property
    def context(self) -> str:
        """The bounded context that owns it."""
        return self.name.split(".", maxsplit=1)[0]

    @property
    def arn(self) -> str:
        """Its Amazon Resource Name."""
        return arn("lambda", f"function:{self.physical_name}")


@dataclass(frozen=True)
class Route:
    """A route key of the HTTP API: ``GET``, ``ANY`` ... and a path template, or ``$default`` with an empty path."""

    method: str
    path: str
    function: str


@dataclass(frozen=True)
class Cors:
    """CorsConfiguration of the HTTP API."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    exposed: tuple[str, ...]
    credentials: bool
    max_age: int | None


@dataclass(frozen=True)
class EventSource:
    """An SQS queue that wakes a function; ``window`` in seconds."""

    queue_arn: str
    function: str
    batch_size: int
    window: float
    maximum_concurrency: int | None
    partial_failures: bool


@dataclass(frozen=True)
class Schedule:
    """An EventBridge schedule; ``payload`` is JSON text."""

    name: str
    expression: str
    timezone: str
    function: str
    payload: str
    enabled: bool


@dataclass(frozen=True)
class BucketTrigger:
    """A function that a bucket's events wake, for keys with the prefix and suffix."""

    bucket: str
    events: tuple[str, ...]
    prefix: str
    suffix: str
    function: str


@dataclass(frozen=True)
class Topology:
    """Every function, and everything that wakes one."""

    functions: dict[str, Function]
    routes: list[Route] = field(default_factory=list)
    cors: Cors | None = None
    event_sources: list[EventSource] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    bucket_triggers: list[BucketTrigger] = field(default_factory=list)


def read_topology(assembly: Assembly, *, overridden: Collection[str] = ()) -> Topology:
    """Read the triggers and functions of an assembly whose resources exist.

    ``overridden`` names environment variables that are set locally, whose template values are not even resolved.
    Raises StartError when a function depends on something that does not exist here.
    """
    functions = {function.name: function for function in _functions(assembly, overridden)}
    by_physical_name = {function.physical_name: function.name for function in functions.values()}
    reader = _Reader(assembly, by_physical_name)
    return Topology(
        functions=functions,
        routes=list(reader.routes()),
        cors=reader.cors(),
        event_sources=list(reader.event_sources()),
        schedules=list(reader.schedules()),
        bucket_triggers=list(reader.bucket_triggers()),
    )


def _functions(assembly: Assembly, overridden: Collection[str]) -> Iterator[Function]:
    retries = {
        str(assembly.resolve(config.stack, config.properties["FunctionName"])): config
        for config in assembly.resources("AWS::Lambda::EventInvokeConfig")
    }
    at_urls = {
        assembly.identity(resource.stack, resource.logical_id).name
        for resource in assembly.resources("AWS::Lambda::Url")
    }
    for resource in assembly.resources("AWS::Lambda::Function"):
        identity = assembly.identity(resource.stack, resource.logical_id)
        name = function_name(str(resource.properties.get("Handler", "")))
        if name is None and identity.name in at_urls:
            name = function_at_url(identity.name)
        if name is None:  # CDK's own custom resource providers, and what works while a stack is deployed
            continue
        properties = resource.properties
        variables = properties.get("Environment", {}).get("Variables", {})
        dead_letters = assembly.resolve(resource.stack, properties.get("DeadLetterConfig", {})).get("TargetArn")
        retry_count, age, on_failure = _asynchronous_settings(assembly, retries.get(identity.name))
        yield Function(
            name=name,
            physical_name=identity.name,
            handler=properties["Handler"],
            timeout=float(properties.get("Timeout", _DEFAULT_TIMEOUT)),
            memory=int(properties.get("MemorySize", _DEFAULT_MEMORY)),
            environment={
                key: str(assembly.resolve(resource.stack, value))
                for key, value in variables.items()
                if key not in overridden
            },
            reserved_concurrency=properties.get("ReservedConcurrentExecutions"),
            asynchronous_retries=retry_count,
            asynchronous_age=age,
            failure_queue_arn=on_failure or dead_letters,
        )


def _asynchronous_settings(assembly: Assembly, config: Resource | None) -> tuple[int, float, str | None]:
    """Retries after an asynchronous invocation has failed, the age (seconds) that ends them, where the event goes."""
    if config is None:
        return 2, 21_600.0, None
    properties = assembly.resolve(config.stack, config.properties)
    destination = properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    return (
        int(properties.get("MaximumRetryAttempts", 2)),
        float(properties.get("MaximumEventAgeInSeconds", 21_600)),
        destination,
    )


class _Reader:
    """Reads triggers, naming the function that each one wakes."""

    def __init__(self, assembly: Assembly, by_physical_name: dict[str, str]) -> None:
        self._assembly = assembly
        self._by_physical_name = by_physical_name

    def _resolved(self, resource: Resource) -> dict[str, Any]:
        properties: dict[str, Any] = self._assembly.resolve(resource.stack, resource.properties)
        return properties

    def _woken(self, resource: Resource, target: str) -> str:
        """Name of the function that an ARN, an invocation URI or a physical name stands for."""
        text = target.rsplit("/functions/", 1)[-1].removesuffix("/invocations")
        physical_name = text.removeprefix(arn("lambda", "function:")).split(":")[0]
        if physical_name not in self._by_physical_name:
            raise StartError(f"{resource.stack}'s {resource.logical_id} wakes {target}, which is no function of ours.")
        return self._by_physical_name[physical_name]

    def routes(self) -> Iterator[Route]:
        integrations = {
            self._assembly.identity(resource.stack, resource.logical_id).ref: self._woken(
                resource, self._resolved(resource)["IntegrationUri"]
            )
            for resource in self._assembly.resources("AWS::ApiGatewayV2::Integration")
        }
        for resource in self._assembly.resources("AWS::ApiGatewayV2::Route"):
            properties = self._resolved(resource)
            method, _, path = properties["RouteKey"].partition(" ")
            yield Route(method, path, integrations[properties["Target"].removeprefix("integrations/")])

    def cors(self) -> Cors | None:
        for resource in self._assembly.resources("AWS::ApiGatewayV2::Api"):
            settings = self._resolved(resource).get("CorsConfiguration")
            if settings:
                return Cors(
                    origins=tuple(settings.get("AllowOrigins", ())),
                    methods=tuple(settings.get("AllowMethods", ())),
                    headers=tuple(header.lower() for header in settings.get("AllowHeaders", ())),
                    exposed=tuple(settings.get("ExposeHeaders", ())),
                    credentials=bool(settings.get("AllowCredentials", False)),
                    max_age=settings.get("MaxAge"),
                )
        return None

    def event_sources(self) -> Iterator[EventSource]:
        for resource in self._assembly.resources("AWS::Lambda::EventSourceMapping"):
            properties = self._resolved(resource)
            source = str(properties.get("EventSourceArn", ""))
            if not source.startswith(arn("sqs", "")) or "FilterCriteria" in properties:
                raise StartError(
                    f"{resource.stack}'s {resource.logical_id}: the local cloud polls SQS queues without filters only."
                )
            yield EventSource(
                queue_arn=source,
                function=self._woken(resource, properties["FunctionName"]),
                batch_size=int(properties.get("BatchSize", 10)),
                window=float(properties.get("MaximumBatchingWindowInSeconds", 0)),
                maximum_concurrency=properties.get("ScalingConfig", {}).get("MaximumConcurrency"),
                partial_failures="ReportBatchItemFailures" in properties.get("FunctionResponseTypes", []),
            )

    def schedules(self) -> Iterator[Schedule]:
        for resource in self._assembly.resources("AWS::Scheduler::Schedule"):
            properties = self._resolved(resource)
            function = self._woken(resource, properties["Target"]["Arn"])
            yield Schedule(
                name=function,
                expression=properties["ScheduleExpression"],
                timezone=properties.get("ScheduleExpressionTimezone", "UTC"),
                function=function,
                payload=properties["Target"].get("Input", "{}"),
                enabled=properties.get("State", "ENABLED") == "ENABLED",
            )

    def bucket_triggers(self) -> Iterator[BucketTrigger]:
        for resource in self._assembly.resources("Custom::S3BucketNotifications"):
            properties = self._resolved(resource)
            yield from self._lambda_notifications(
                resource, properties["BucketName"], properties["NotificationConfiguration"]
            )
        for resource in self._assembly.resources("AWS::S3::Bucket"):
            if "NotificationConfiguration" in resource.properties:
                bucket = self._assembly.identity(resource.stack, resource.logical_id).name
                yield from self._lambda_notifications(
                    resource, bucket, self._resolved(resource)["NotificationConfiguration"]
                )

    def _lambda_notifications(
        self, resource: Resource, bucket: str, configuration: dict[str, Any]
    ) -> Iterator[BucketTrigger]:
        unknown = set(configuration) - {"LambdaFunctionConfigurations", "LambdaConfigurations"}
        if unknown:
            raise StartError(f"{bucket}: the local cloud notifies functions only, not {json.dumps(sorted(unknown))}.")
        for entries in configuration.values():
            for entry in entries:
                rules = entry.get("Filter", {}).get("Key", entry.get("Filter", {}).get("S3Key", {}))
                filters = {
                    rule["Name"].lower(): rule["Value"] for rule in rules.get("FilterRules", rules.get("Rules", []))
                }
                yield BucketTrigger(
                    bucket=bucket,
                    events=tuple(entry.get("Events") or [entry["Event"]]),
                    prefix=filters.get("prefix", ""),
                    suffix=filters.get("suffix", ""),
                    function=self._woken(resource, entry.get("LambdaFunctionArn") or entry["Function"]),
                )
