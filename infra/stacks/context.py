"""The stack of a bounded context, made from its manifest."""

import importlib
import importlib.util
import re
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.alarms import NAMESPACE, raise_alarm
from infra.constructs.api_function import ApiFunction
from infra.constructs.bucket_trigger import BucketTrigger
from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome, Foundation
from infra.constructs.invoked_function import InvokedFunction, run_at_deployment
from infra.constructs.lambda_layer import Layers
from infra.constructs.live_alias import Canaries
from infra.constructs.queue_worker import QueueWorker
from infra.constructs.scheduled_job import ScheduledJob
from infra.database_roles import brings_schema
from infra.manifests import manifests
from shared.manifest import Alarm, Api, Bucket, Function, Ingest, Invoked, Manifest, Queue, Schedule


class ContextStack(cdk.Stack):
    """One bounded context: the functions of its manifest with what wakes them, its alarms.

    What a manifest cannot say is added by a subclass, the one class of `infra/stacks/<context>.py`.
    """

    def __init__(self, scope: Construct, name: str, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, foundation.environment.stack_name(name), **kwargs)
        self.home = ContextHome(
            name=name,
            foundation=foundation,
            layers=Layers(self),
            canaries=Canaries(self),
            key=kms.Key.from_key_arn(self, "Key", foundation.key.key_arn),
        )
        self.manifest: Manifest = manifests()[name]
        self.functions: dict[str, ContextFunction] = {}
        # An ingest needs the queue of a worker.
        for function in sorted(self.manifest.functions, key=lambda function: isinstance(function, Ingest)):
            built = self._built(function)
            self._grant(built, function)
            self.functions[function.name] = built
        if self.home.environment.alarm_per_function:
            for alarm in self.manifest.alarms:
                self._raise(alarm)

    def _built(self, function: Function) -> ContextFunction:
        match function:
            case Api() | Ingest():
                return self._http(function)
            case Queue():
                worker = self.queue_worker(function)
                if function.events:
                    worker.subscribe(function.detail_types, subscriber=function.subscriber)
                return worker
            case Schedule():
                return self._scheduled(function)
            case Bucket():
                bucket = self.home.foundation.buckets[function.bucket]
                return BucketTrigger(self, *self._named(function), bucket=bucket, prefix=function.prefix)
            case Invoked():
                return InvokedFunction(self, *self._named(function))
        raise TypeError(f"{self.home.name}.{function.name} is of no kind that a stack knows")

    def queue_worker(self, function: Queue) -> QueueWorker:
        """The queue and its worker; for a subclass to make another."""
        return QueueWorker(
            self,
            *self._named(function),
            batch_size=function.batch_size,
            batching_window=function.batching_window,
            concurrency=function.concurrency,
        )

    def _named(self, function: Function) -> tuple[str, ContextHome, FunctionSpec]:
        return construct_id(function.name), self.home, self._spec(function)

    def _spec(self, function: Function) -> FunctionSpec:
        environment = self.home.environment
        settings = {variable: getattr(environment, name) for variable, name in function.settings.items()}
        buckets = {f"{name.upper()}_BUCKET": self.home.foundation.buckets[name] for name in function.buckets}
        return FunctionSpec(
            handler=function.name,
            brings_schema=brings_schema(function),
            memory=function.memory,
            timeout=function.timeout,
            reach=function.reach,
            environment={
                **{variable: value for variable, value in settings.items() if value is not None},
                **{variable: bucket.bucket_name for variable, bucket in buckets.items()},
            },
            snap_start=isinstance(function, Api) and function.snap_start,
        )

    def _http(self, function: Api | Ingest) -> ApiFunction:
        if isinstance(function, Ingest):
            ingest = ApiFunction(self, *self._named(function), routes=function.routes())
            worker = self.functions[function.queue]
            assert isinstance(worker, QueueWorker)
            ingest.send_to(function.queue_variable, worker.queue)
            return ingest
        open_routes = [f"ANY {path}" for path in function.open_paths]
        api = ApiFunction(self, *self._named(function), routes=function.routes(self.home.name), open_routes=open_routes)
        for count in function.counts:
            metric = f"{self.home.environment.prefix}-{count.metric}"
            api.count_answers(metric, method=count.method, path=count.path)
        return api

    def _scheduled(self, function: Schedule) -> ScheduledJob:
        at_least = self.home.environment.housekeeping_minutes if function.housekeeping else 0
        every = cdk.Duration.minutes(max(function.minutes, at_least))
        job = ScheduledJob(self, *self._named(function), every=every)
        if function.at_deployment:
            run_at_deployment(job, on_every_change=False)
        return job

    def _grant(self, built: ContextFunction, function: Function) -> None:
        """Let the function do what its manifest says, and no more."""
        foundation = self.home.foundation
        if function.counts_requests:
            built.count_requests()
        if function.publishes_events:
            built.publish_events()
        for variable, secret in function.secrets.items():
            built.read_secret(variable, foundation.secrets[secret])
        for secret in function.writes_secrets:
            built.write_secret(foundation.secrets[secret])
        for name in function.lists_buckets:
            built.allow(("s3:ListBucket",), foundation.buckets[name].bucket_arn)
        for objects in function.objects:
            built.use_objects(foundation.buckets[objects.bucket].bucket_arn, objects.prefix, *objects.actions)

    def _raise(self, alarm: Alarm) -> None:
        name = alarm.name or alarm.metric
        raise_alarm(
            self,
            name,
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name=alarm.metric,
                dimensions_map={"service": self.home.name},
                statistic=alarm.statistic,
                period=cdk.Duration.minutes(alarm.minutes),
            ),
            threshold=alarm.above,
            periods=alarm.periods,
            name=f"{self.home.environment.prefix}-{re.sub('(?<=[a-z])(?=[A-Z])', '-', name).lower()}",
            description=alarm.description,
            action=self.home.foundation.alarm_action,
        )


def construct_id(handler: str) -> str:
    """`on_export_requested` is built as `OnExportRequested`."""
    return handler.title().replace("_", "")


def stack_of(context: str) -> type[ContextStack]:
    """The class of the context's stack: its own where it has one."""
    if importlib.util.find_spec(f"infra.stacks.{context}") is None:
        return ContextStack
    module = importlib.import_module(f"infra.stacks.{context}")
    own: type[ContextStack] = getattr(module, f"{construct_id(context)}Stack")
    return own
