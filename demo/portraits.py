"""Profile pictures of the demo's people: uploaded to the shop that the demo was copied into, once it is open, and made
ready by its own workers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from demo.client import Client, DemoError, PictureForm, sign_in
from demo.contents.community.people import PEOPLE
from demo.contents.community.person import SamplePerson
from demo.contents.customers import PASSWORD
from demo.contents.pictures import scenes

_PATIENCE_SECONDS: Final = 60
_PAUSE_SECONDS: Final = 0.2


def show(anonymous: Client, people: Sequence[SamplePerson] = tuple(PEOPLE.values())) -> None:
    """Give everybody their picture, one after the other. Raises DemoError."""
    for person in people:
        client = sign_in(anonymous, person.address, PASSWORD)
        form = PictureForm("profile", scenes.draw(person.picture, person.key, side=scenes.PORTRAIT_SIDE))
        [upload] = client.call("POST", "/api/v1/media/upload", form)["items"]
        _wait(client, upload["id"])
        client.call("POST", "/api/v1/users/me/profile-picture", {"media_id": upload["id"]})


def _wait(client: Client, media_id: str) -> None:
    """Until the picture is ready."""
    patient_until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        status = client.call("GET", f"/api/v1/media/{media_id}")["status"]
        if status == "ready":
            return
        if status == "rejected" or time.monotonic() > patient_until:
            raise DemoError(f"picture {media_id} is {status}")
        time.sleep(_PAUSE_SECONDS)
