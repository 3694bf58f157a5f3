"""Puts the pages' parts together, from the templates and what was chosen at the start."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from infra.local.aws.bucket_files import BucketFiles
from infra.local.aws.cloud import Cloud
from infra.local.aws.code import Code, CodeOf, in_node
from infra.local.aws.distribution import edge_functions, read_distribution
from infra.local.aws.front import Front
from infra.local.aws.intrinsics import Assembly
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.payload import ORIGIN_SECRET
from infra.local.aws.topology import Topology
from infra.local.host.log import Log
from infra.local.host.options import Options, Web
from infra.local.host.processes import Registry
from infra.local.web.built import CONTEXT, BuiltPages
from infra.local.web.development import DevelopmentPages
from infra.page_paths import STRIPE_SCRIPT
from simulators.protocol import Simulator

_EDGE_CONTEXT = "front"


def with_javascript(code: CodeOf, assembly: Assembly, home: Path) -> CodeOf:
    """`code`, and that of the functions that are in JavaScript: CloudFront's own, and the one that renders pages."""
    edge = home / "web" / "edge"
    edge.mkdir(parents=True, exist_ok=True)
    for item in edge_functions(assembly):
        (edge / item.file).write_text(f"{item.code}\nexport {{ handler }};\n")
    folders = {_EDGE_CONTEXT: edge, CONTEXT: _render_folder(home)}

    def code_of(name: str) -> Code:
        folder = folders.get(name.partition(".")[0])
        return in_node(folder) if folder else code(name)

    return code_of


def with_functions_of_pages(topology: Topology, assembly: Assembly, address: str) -> Topology:
    """CloudFront's own functions beside the others. The one that renders pages asks the gateway, which wants no secret,
    and says where its pages are.
    """
    variables = {"API_ORIGIN": address, "SITE_ORIGIN": address, "ORIGIN_SECRET": ORIGIN_SECRET}
    functions = {
        name: replace(function, environment={**function.environment, **variables})
        if function.context == CONTEXT
        else function
        for name, function in topology.functions.items()
    }
    functions |= {item.function.name: item.function for item in edge_functions(assembly)}
    return replace(topology, functions=functions)


def open_front(assembly: Assembly, cloud: Cloud, runtime: LambdaRuntime, log: Log) -> Front | None:
    """What the templates' distribution does; None where they have none."""
    distribution = read_distribution(assembly)
    if distribution is None:
        return None
    return Front(distribution, BucketFiles(cloud.clients().s3), runtime.invoke, log, files=cloud.address)


def site_bucket(assembly: Assembly) -> str | None:
    """Name of the bucket of the pages."""
    distribution = read_distribution(assembly)
    return distribution.site.name if distribution and distribution.site else None


def open_pages(
    options: Options,
    assembly: Assembly,
    cloud: Cloud,
    runtime: LambdaRuntime,
    *,
    simulators: Sequence[Simulator],
    address: str,
    log: Log,
    registry: Registry,
) -> BuiltPages | DevelopmentPages | None:
    """What was chosen; None for no pages."""
    configuration = {"stripe_script": STRIPE_SCRIPT, "site": address}
    for simulator in simulators:
        configuration |= simulator.page_settings()
    bucket = site_bucket(assembly)
    if options.web is Web.OFF or bucket is None:
        return None
    if options.web is Web.DEVELOPMENT:
        return DevelopmentPages(options.root, configuration, address, log, registry)
    return BuiltPages(
        root=options.root,
        render=_render_folder(options.home),
        bucket=bucket,
        s3=cloud.clients().s3,
        configuration=configuration,
        outdate=runtime.outdate,
        address=address,
        log=log,
        registry=registry,
    )


def _render_folder(home: Path) -> Path:
    return home / "web" / "render"
