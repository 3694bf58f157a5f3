"""FastAPI, imported without what it needs only to describe itself. `shared.web` imports this before all else."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

# FastAPI describes the OpenAPI standard by some thirty pydantic models. Their validators cost as much as the rest of
# its own code, and only who asks for `app.openapi()` needs them: no function does, for the document is made when
# packages are (`infra/openapi`). With `defer_build`, which subclasses inherit, pydantic makes each at its first use.
_configured = BaseModel.model_config
BaseModel.model_config = ConfigDict(defer_build=True)
try:
    import fastapi.openapi.models
finally:
    BaseModel.model_config = _configured

OPENAPI_MODELS = fastapi.openapi.models
