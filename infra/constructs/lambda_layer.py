"""Lambda layers: third-party packages per `layers/<name>`, and the shared layer of models and clients."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import code_asset
from infra.packaging.contents import Package

RUNTIME = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE = lambda_.Architecture.ARM_64


class LambdaLayer(lambda_.LayerVersion):
    """One layer: `shared`, or the packages of `layers/<name>/requirements.txt`."""

    def __init__(self, scope: Construct, construct_id: str, *, name: str) -> None:
        super().__init__(
            scope,
            construct_id,
            code=code_asset.code(Package("layers", name)),
            description=f"ShareStack {name}",
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
        )


class Layers(Construct):
    """The layers of one stack, made when first asked for.

    Every stack has its own versions of a layer (of one and the same asset): a layer version that another stack
    imports could never be updated, because CloudFormation refuses to change an export in use.
    """

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, "Layers")
        self._made: dict[str, LambdaLayer] = {}

    def named(self, name: str) -> LambdaLayer:
        if name not in self._made:
            self._made[name] = LambdaLayer(self, name.title(), name=name)
        return self._made[name]
