"""What a look at a page sets going: requests to CloudFront, and where it has no page, a function that asks the API."""

from typing import Final, Protocol

# Of the API's, browsers send most: ten for a page that is looked at, and those of people who stay on it.
PAGES_OF_A_REQUEST: Final = 0.1
# A document, and what of its scripts, styles and icons is not in the browser already.
REQUESTS_OF_A_PAGE: Final = 2
# The home page is 7 kB, compressed (measured); scripts and styles, about 140 kB, are loaded once in five pages.
KILOBYTES_OF_A_PAGE: Final = 40
# Mostly waiting for the API, which is asked so often.
RENDERING_MILLISECONDS: Final = 100
CALLS_OF_A_PAGE: Final = 2
ANSWERING_MILLISECONDS: Final = 25
FUNCTION_MB: Final = 512


class Charged(Protocol):
    """A bill, as far as it is needed here."""

    def add(self, line: str, quantity: float, price: str) -> None: ...


def charge(bill: Charged, requests: float, *, cached: float) -> None:
    """Charge the pages that go with millions of the API's requests, of which CloudFront has the share `cached`.

    What is free is taken by those requests.
    """
    pages = requests * PAGES_OF_A_REQUEST
    rendered = pages * (1 - cached)
    bill.add("pages", pages * REQUESTS_OF_A_PAGE, "cloudfront_million_requests")
    bill.add("pages", pages, "cloudfront_function_million")
    bill.add("pages", pages * KILOBYTES_OF_A_PAGE, "cloudfront_gb_out")
    bill.add("pages", rendered * CALLS_OF_A_PAGE, "http_api_million")
    bill.add("pages", rendered * (1 + CALLS_OF_A_PAGE), "lambda_million")
    milliseconds = RENDERING_MILLISECONDS + CALLS_OF_A_PAGE * ANSWERING_MILLISECONDS
    bill.add("pages", rendered * 1e6 * milliseconds / 1000 * FUNCTION_MB / 1024, "lambda_gb_second")
