"""Carriers, and the addresses of their tracking pages."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from urllib.parse import quote


class Carrier(StrEnum):
    CHINA_POST = "china_post"
    DHL = "dhl"
    DPD = "dpd"
    FEDEX = "fedex"
    ROYAL_MAIL = "royal_mail"
    SF_EXPRESS = "sf_express"
    UPS = "ups"
    USPS = "usps"
    YTO = "yto"
    ZTO = "zto"
    OTHER = "other"


_PAGES: Final[dict[Carrier, str]] = {
    # China Post's international parcels are followed at its EMS service.
    Carrier.CHINA_POST: "https://www.ems.com.cn/english/?mailNum={number}",
    Carrier.DHL: "https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    Carrier.DPD: "https://www.dpdgroup.com/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
    Carrier.FEDEX: "https://www.fedex.com/fedextrack/?trknbr={number}",
    Carrier.ROYAL_MAIL: "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    Carrier.SF_EXPRESS: "https://www.sf-express.com/chn/en/waybill/waybill-detail/{number}",
    Carrier.UPS: "https://www.ups.com/track?tracknum={number}",
    Carrier.USPS: "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    Carrier.YTO: "https://www.yto.net.cn/express/query?waybillNo={number}",
    Carrier.ZTO: "https://www.zto.com/express/expressCheck.html?txtBill={number}",
}


_NAMES: Final[dict[Carrier, str]] = {
    Carrier.CHINA_POST: "China Post",
    Carrier.DHL: "DHL",
    Carrier.DPD: "DPD",
    Carrier.FEDEX: "FedEx",
    Carrier.ROYAL_MAIL: "Royal Mail",
    Carrier.SF_EXPRESS: "SF Express",
    Carrier.UPS: "UPS",
    Carrier.USPS: "USPS",
    Carrier.YTO: "YTO Express",
    Carrier.ZTO: "ZTO Express",
    Carrier.OTHER: "",
}


def carrier_name(carrier: str) -> str:
    """As people know the carrier; empty where the shop did not say who it is."""
    return _NAMES[Carrier(carrier)]


def tracking_url(carrier: str, tracking_number: str | None) -> str | None:
    """The carrier's tracking page of the parcel; None for a carrier without one, or without a number."""
    page = _PAGES.get(Carrier(carrier))
    if page is None or tracking_number is None:
        return None
    return page.format(number=quote(tracking_number, safe=""))
