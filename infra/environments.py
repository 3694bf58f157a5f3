"""The environments ShareStack is deployed to, and every difference between them, in one table."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from infra.manifests import address_words
from shared import days

# Where CloudFront's certificates and firewalls are, wherever everything else is.
CLOUDFRONT_REGION = "us-east-1"

SITE_FILE: Final = Path(__file__).parents[1] / "web" / "site" / "site.json"
"""What the operator says about the shop. The pages are built with it."""


class Internet(StrEnum):
    """How functions that call providers outside AWS leave the network."""

    NAT_INSTANCE = "nat_instance"
    NAT_GATEWAY = "nat_gateway"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """One deployable environment.

    Capacities are Aurora capacity units (ACU, about 2 GiB of memory each), retentions are days, throttles are
    requests per second. `availability_zones` zones are used for subnets, NAT and endpoints. Every
    `housekeeping_minutes` expired reservations are released and left-over events are sent. With `gradual_deployments`
    new code gets a tenth of the traffic for five minutes first; with `snap_start` the functions that shoppers wait for
    start from snapshots, whose keeping is paid by the hour. `monthly_budget` is in US dollars.

    CloudFront forgets the pages of what changed once every `purge_seconds` at most, each purge being paid for; with
    `edge_metrics` it counts how often its cache was hit, by the month and metric.

    `domain` is the site's address, pages and API; without one it has CloudFront's. `api.` before it is a second name,
    for programs of others. `origin_secrets` are the generations of the secret that CloudFront shows to the API: all
    are accepted, the last is sent. `firewall_requests` is how many requests one address may send in five minutes; None
    means no firewall. `operator_email` is told of low stock and of disputes; None for nobody.

    `seller_name`, `seller_address` (lines separated by `|`) and `seller_tax_id` stand on invoices; without a name or an
    address these have the shop's, which administrators write.
    `shop_time_zone` (an IANA name) decides which day and year it is, on them and in reports.

    `sentry_dsn` is the address of a Sentry project, to which errors are forwarded; None for none. It lets nobody read
    anything (Sentry, "DSN Utilization"), so that it is no secret.
    `country_source` says which country somebody is in by their network: `cloudfront`, `maxmind` (a file in its format),
    `ip-api`, or nothing (`docs/decisions/0057-people.md`).

    `distribution` is the id of the environment's own distribution, once it is there: pictures and the key over them are
    open to that one only then. `concurrency` is how many functions the account may run at once (`deploy.md`, 2), of
    which `reserved_concurrency` keeps a part for functions (`context.handler`) that others must not starve, and that
    must not starve others. With `alarm_per_function` every function, queue and context has alarms of its own; without,
    functions are watched together, and so are schedules and queues, but for the dead letters of queues.

    `second_region` is the one setting for a second region, into which data is replicated and which stands by;
    `standby` marks the environment of that region, which `in_second_region` makes. `promoted` says that it has taken
    over; until then nothing in it wakes by itself.
    """

    name: str
    region: str
    availability_zones: int
    internet: Internet
    nat_count: int
    interface_endpoints: bool
    database_min_capacity: float
    database_max_capacity: float
    database_readers: int
    database_pause_minutes: int | None
    database_proxy: bool
    database_insights: bool
    backup_days: int
    event_archive_days: int
    log_days: int
    protected: bool
    allowed_origins: tuple[str, ...]
    domain: str | None
    origin_secrets: tuple[int, ...]
    firewall_requests: int | None
    mail_from: str
    operator_email: str | None
    throttle_rate: int
    throttle_burst: int
    worker_concurrency: int
    housekeeping_minutes: int
    gradual_deployments: bool
    snap_start: bool
    dashboard_per_context: bool
    monthly_budget: int
    purge_seconds: int
    edge_metrics: bool
    alarm_per_function: bool
    concurrency: int
    log_level: str
    reserved_concurrency: tuple[tuple[str, int], ...] = ()
    distribution: str | None = None
    seller_name: str = ""
    seller_address: str = ""
    seller_tax_id: str = ""
    shop_time_zone: str = days.DEFAULT
    sentry_dsn: str | None = None
    country_source: str = "cloudfront"
    second_region: str | None = None
    standby: bool = False
    promoted: bool = False

    def __post_init__(self) -> None:
        if problem := days.problem(self.shop_time_zone):
            raise ValueError(f"{self.name}: shop_time_zone: {problem}")
        if self.firewall_requests is not None and self.domain is None and self.region != CLOUDFRONT_REGION:
            raise ValueError(f"{self.name}: a firewall needs a domain, which takes CloudFront to {CLOUDFRONT_REGION}")
        if self.standby or self.second_region is None:
            return
        if self.domain is None or self.second_region == self.region:
            raise ValueError(f"{self.name}: a second region is another one, and needs a domain to be reached by")

    @property
    def reserved_names(self) -> str:
        """Words of addresses, which nobody may have as a username."""
        return " ".join(address_words())

    @property
    def site(self) -> str:
        """The operator's `site.json` as one line, for functions that tell of the shop."""
        return json.dumps(json.loads(SITE_FILE.read_text(encoding="utf-8")), ensure_ascii=False)

    @property
    def prefix(self) -> str:
        """Start of every explicit resource name."""
        return f"sharestack-{self.name}"

    @property
    def tags(self) -> dict[str, str]:
        """Tags of everything in the environment."""
        return {"application": "sharestack", "environment": self.name}

    @property
    def stack_prefix(self) -> str:
        """Start of every stack's name."""
        return f"ShareStack-{self.name.title()}-{'Standby-' if self.standby else ''}"

    @property
    def dashboard_prefix(self) -> str:
        """Start of dashboards' names, which all regions of an account share."""
        return f"{self.prefix}-standby" if self.standby else self.prefix

    @property
    def key_alias(self) -> str:
        """Alias of the key over the data, in whichever region."""
        return f"alias/{self.prefix}"

    @property
    def asleep(self) -> bool:
        """Whether this is a region that waits, with a database that cannot be written to."""
        return self.standby and not self.promoted

    def in_second_region(self) -> "Environment":
        """The same environment as it stands by in its second region. Raises `ValueError` where there is none.

        The proxy and readers are left out: the database's reader endpoint leads to its only instance, which can be
        read while it stands by, and written to from the moment it is promoted.
        """
        if self.second_region is None:
            raise ValueError(f"{self.name} has no second region")
        return replace(self, region=self.second_region, standby=True, database_readers=0, database_proxy=False)

    def stack_name(self, stack: str) -> str:
        return f"{self.stack_prefix}{stack.title()}"

    @property
    def access_log_name(self) -> str:
        """Log group of the gateway's requests. Under its prefix log delivery needs no resource policy per group
        (CloudWatch Logs, "Logs from AWS services").
        """
        return f"/aws/vendedlogs{self.log_group_name('edge/access')}"

    @property
    def database_log_name(self) -> str:
        """Log group of the database, where slow statements are written; Aurora gives the name."""
        return f"/aws/rds/cluster/{self.prefix}/postgresql"

    def log_group_name(self, name: str) -> str:
        """Name of a log group of ours."""
        return f"/sharestack/{self.name}/{name}"

    @property
    def front_region(self) -> str:
        """Where CloudFront's stack is: with a domain, where its certificates and firewalls must be."""
        return CLOUDFRONT_REGION if self.domain else self.region

    @property
    def distribution_parameter(self) -> str:
        """Name of the parameter, in the front's region, that holds the distribution's id."""
        return f"/{self.prefix}/distribution"

    @property
    def api_domain(self) -> str:
        """Second name of the site, where there is a domain."""
        return f"api.{self.domain}"

    @property
    def origin_host(self) -> str:
        """Host name that CloudFront connects to, where there is a domain."""
        return f"origin.{self.domain}"

    @property
    def failover_role(self) -> str | None:
        """What Route 53 makes of this region's API: PRIMARY, SECONDARY, or None where there is only one region."""
        if self.standby:
            return "SECONDARY"
        return "PRIMARY" if self.second_region else None

    def secret_name(self, name: str) -> str:
        """Name of a secret, the same in every region."""
        return f"{self.prefix}/{name}"

    def origin_secret_name(self, generation: int) -> str:
        """Name of the secret that CloudFront shows to the API."""
        return f"{self.prefix}/origin-{generation}"

    @property
    def newest_origin_secret(self) -> str:
        """The newest of these secrets by its name: CloudFormation resolves it, and no template holds it."""
        return f"{{{{resolve:secretsmanager:{self.origin_secret_name(self.origin_secrets[-1])}:SecretString}}}}"

    def function_name(self, context: str, handler: str) -> str:
        """Name of a Lambda function; fixed, so that dashboards and runbooks need no lookup."""
        return f"{self.prefix}-{context}-{handler.replace('_', '-')}"

    def rule_name(self, context: str, detail_type: str) -> str:
        """Name of the bus's rule that gives the events called `detail_type` to a context."""
        return f"{self.prefix}-{context}-{detail_type}"


DEV = Environment(
    name="dev",
    region="ap-southeast-1",
    availability_zones=2,
    # One small NAT instance costs a tenth of a NAT gateway, and of four interface endpoints in two zones.
    internet=Internet.NAT_INSTANCE,
    nat_count=1,
    interface_endpoints=False,
    database_min_capacity=0,
    database_max_capacity=2,
    database_readers=0,
    database_pause_minutes=5,
    database_proxy=False,
    database_insights=False,
    backup_days=1,
    event_archive_days=3,
    log_days=7,
    protected=False,
    allowed_origins=("http://127.0.0.1:8000", "http://localhost:5173"),
    domain=None,
    origin_secrets=(1,),
    firewall_requests=None,
    mail_from="no-reply@dev.sharestack.example",
    operator_email="shop@dev.sharestack.example",
    throttle_rate=100,
    throttle_burst=200,
    worker_concurrency=2,
    # The database pauses after five minutes without a connection, so each run costs six minutes of half a unit. All
    # runs begin at the same minute, and no function keeps its connection.
    housekeeping_minutes=60,
    gradual_deployments=False,
    snap_start=False,
    dashboard_per_context=False,
    monthly_budget=50,
    # Soon, for whoever watches; there are few changes.
    purge_seconds=5,
    edge_metrics=False,
    # Nobody is called at night for it, and each alarm costs.
    alarm_per_function=False,
    concurrency=1_000,
    log_level="INFO",
)

STAGING = Environment(
    name="staging",
    region="ap-southeast-1",
    availability_zones=2,
    internet=Internet.NAT_GATEWAY,
    nat_count=1,
    interface_endpoints=True,
    database_min_capacity=0.5,
    database_max_capacity=8,
    database_readers=0,
    database_pause_minutes=None,
    database_proxy=True,
    database_insights=False,
    backup_days=7,
    event_archive_days=7,
    log_days=30,
    protected=False,
    allowed_origins=("https://staging.sharestack.example",),
    domain="staging.sharestack.example",
    origin_secrets=(1,),
    firewall_requests=3_000,
    mail_from="no-reply@staging.sharestack.example",
    operator_email="shop@staging.sharestack.example",
    throttle_rate=1_000,
    throttle_burst=2_000,
    worker_concurrency=5,
    housekeeping_minutes=1,
    gradual_deployments=True,
    snap_start=True,
    dashboard_per_context=False,
    monthly_budget=400,
    purge_seconds=60,
    edge_metrics=True,
    alarm_per_function=True,
    concurrency=1_000,
    reserved_concurrency=(("ordering.api", 100), ("payments.receive_webhook", 25)),
    log_level="INFO",
)

PROD = Environment(
    name="prod",
    region="ap-southeast-1",
    availability_zones=3,
    internet=Internet.NAT_GATEWAY,
    nat_count=3,
    interface_endpoints=True,
    database_min_capacity=1,
    database_max_capacity=64,
    database_readers=1,
    database_pause_minutes=None,
    database_proxy=True,
    database_insights=True,
    backup_days=30,
    event_archive_days=14,
    log_days=90,
    protected=True,
    allowed_origins=("https://sharestack.example", "https://www.sharestack.example"),
    domain="sharestack.example",
    origin_secrets=(1,),
    firewall_requests=3_000,
    mail_from="no-reply@sharestack.example",
    operator_email="shop@sharestack.example",
    throttle_rate=5_000,
    throttle_burst=10_000,
    worker_concurrency=20,
    housekeeping_minutes=1,
    gradual_deployments=True,
    snap_start=True,
    dashboard_per_context=True,
    monthly_budget=5_000,
    purge_seconds=60,
    edge_metrics=True,
    alarm_per_function=True,
    concurrency=3_000,
    # At 25 ms a request, several times what the gateway lets through to either.
    reserved_concurrency=(("ordering.api", 300), ("payments.receive_webhook", 100)),
    log_level="INFO",
)

ENVIRONMENTS = {environment.name: environment for environment in (DEV, STAGING, PROD)}


def environment_named(name: str) -> Environment:
    """The environment called `name`; raises `ValueError` naming the known ones."""
    try:
        return ENVIRONMENTS[name]
    except KeyError:
        raise ValueError(f"unknown environment {name!r}; known: {', '.join(ENVIRONMENTS)}") from None
