"""Where the simulator is, as its caller sees it."""

from starlette.requests import Request


def base_url(request: Request) -> str:
    """The address that the simulator is mounted at, without a slash at its end."""
    return str(request.url.replace(path=_mounted_at(request), query="", fragment="")).rstrip("/")


def path_within(request: Request) -> str:
    """The path of the request below where the simulator is mounted, e.g. `/v1/customers`."""
    return request.url.path.removeprefix(_mounted_at(request))


def _mounted_at(request: Request) -> str:
    mounted_at: str = request.scope.get("root_path", "")
    return mounted_at
