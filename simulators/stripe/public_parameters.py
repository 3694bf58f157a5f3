"""Parameters of calls with a publishable key: what Stripe.js sends, of which the library has no types in part."""

from typing import Any

import stripe.params

from simulators.stripe import validation
from simulators.stripe.parameters import Raw

# What Stripe.js tells about itself and the page; it has no effect on a payment.
_BROWSER_PARAMETERS = """
    _stripe_account _stripe_version client_attribution_metadata client_context expected_payment_method_type guid muid
    pasted_fields payment_user_agent radar_options referrer sid time_on_page
"""
_ABOUT_THE_BROWSER = frozenset(_BROWSER_PARAMETERS.split())


def validate(params_type: type, raw: dict[str, Raw]) -> dict[str, Any]:
    """Typed values of a payer's parameters.

    `payment_method_data` is typed as the creation of a payment method is, because only a payer may give a card there.
    Raises ApiError (400) as `validation.validate` does.
    """
    own = {name: value for name, value in raw.items() if name not in _ABOUT_THE_BROWSER}
    fields = validation.fields_of(params_type)
    if "client_secret" not in fields:
        own.pop("client_secret", None)
    data = own.get("payment_method_data")
    if not isinstance(data, dict) or "payment_method_data" not in fields:
        return validation.validate(params_type, own)
    del own["payment_method_data"]
    validated = validation.validate(params_type, own)
    described = {name: value for name, value in data.items() if name not in _ABOUT_THE_BROWSER}
    validated["payment_method_data"] = validation.validate(
        stripe.params.PaymentMethodCreateParams, described, "payment_method_data"
    )
    return validated
