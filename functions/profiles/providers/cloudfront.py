"""The country as CloudFront names it (`CloudFront-Viewer-Country`)."""

from __future__ import annotations

from dataclasses import dataclass

from functions.profiles.providers.visitors import Visitor


@dataclass(frozen=True, slots=True)
class ViewerCountry:
    """Who makes the visitor has looked whether the header can be believed."""

    def country(self, visitor: Visitor) -> str | None:
        return visitor.viewer_country
