"""What the payer has to do next: authenticate at a page of the simulator."""

from urllib.parse import quote, urlencode

from infra.local.stripe.documents import Document


def authentication_action(base_url: str, intent: Document, return_url: str | None) -> Document:
    """The `next_action` of an intent whose card asks for 3D Secure."""
    url = f"{base_url}/3ds/{quote(intent['id'])}"
    if return_url is not None:
        return {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": return_url}}
    return {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url}}


def return_address(return_url: str, intent: Document, *, succeeded: bool) -> str:
    """Where the payer goes after authentication, with the parameters that Stripe adds."""
    kind = intent["object"]
    added = urlencode(
        {
            kind: intent["id"],
            f"{kind}_client_secret": intent["client_secret"],
            "redirect_status": "succeeded" if succeeded else "failed",
        }
    )
    return f"{return_url}{'&' if '?' in return_url else '?'}{added}"
