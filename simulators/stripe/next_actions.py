"""What the payer has to do next: authorize at a page of the simulator, to which a redirect or a code leads."""

from urllib.parse import quote, urlencode

from simulators.kit import qr_codes
from simulators.stripe.documents import Document
from simulators.stripe.method_types import WALLETS


def page_address(base_url: str, intent: Document, method_type: str) -> str:
    """Where an intent is authorized."""
    return f"{base_url}/{'authorize' if method_type in WALLETS else '3ds'}/{quote(intent['id'])}"


def next_action(base_url: str, intent: Document, method: Document, return_url: str | None) -> Document:
    """The `next_action` of an intent that the payer has to authorize."""
    url = page_address(base_url, intent, method["type"])
    wallet = WALLETS.get(method["type"])
    if wallet is None:
        return _three_d_secure(url, return_url)
    if wallet.redirects:
        handling = {"native_data": None, "native_url": None, "return_url": return_url, "url": url}
        return {"type": "alipay_handle_redirect", "alipay_handle_redirect": handling}
    return {
        "type": "wechat_pay_display_qr_code",
        "wechat_pay_display_qr_code": {
            "data": url,
            "hosted_instructions_url": url,
            "image_data_url": qr_codes.data_url(url),
            "image_url_png": f"{url}/qr.png",
            "image_url_svg": f"{url}/qr.svg",
        },
    }


def return_address(return_url: str, intent: Document, *, succeeded: bool) -> str:
    """Where the payer goes after authorization, with the parameters that Stripe adds."""
    kind = intent["object"]
    added = urlencode(
        {
            kind: intent["id"],
            f"{kind}_client_secret": intent["client_secret"],
            "redirect_status": "succeeded" if succeeded else "failed",
        }
    )
    return f"{return_url}{'&' if '?' in return_url else '?'}{added}"


def _three_d_secure(url: str, return_url: str | None) -> Document:
    if return_url is not None:
        return {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": return_url}}
    return {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url}}
