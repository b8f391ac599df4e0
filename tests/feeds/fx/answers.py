"""Answers of the rate providers, by hand, in the shapes of their documentation."""

import json
from datetime import UTC, datetime

from tests.feeds.provider_server import Answer, Answering, Asked

T0_S = 1_795_000_000
T0_NS = T0_S * 10**9
MIDS = {
    "EUR-USD": "1.08461",
    "GBP-USD": "1.26553",
    "USD-JPY": "151.4235",
    "EUR-JPY": "164.2350",
    "EUR-GBP": "0.85704",
}


def twelve_data(as_of_s: int = T0_S) -> Answering:
    def answer(asked: Asked) -> Answer:
        names = asked.query["symbol"].split(",")
        quotes = {name: _twelve_quote(name, as_of_s) for name in names}
        return Answer(json.dumps(quotes if len(names) > 1 else quotes[names[0]]))

    return answer


def _twelve_quote(name: str, as_of_s: int) -> dict[str, object]:
    mid = MIDS.get(name.replace("/", "-"))
    if mid is None:
        return {"code": 404, "message": "symbol not found", "status": "error"}
    return {
        "symbol": name,
        "name": "Euro / US Dollar",
        "exchange": "Forex",
        "datetime": "2026-11-18",
        "timestamp": as_of_s - 3600,
        "last_quote_at": as_of_s,
        "open": "1.08300",
        "high": "1.09000",
        "low": "1.08000",
        "close": mid,
        "previous_close": "1.08100",
        "is_market_open": True,
    }


def alpha_vantage(as_of_s: int = T0_S, bid: str = "1.08455000") -> Answering:
    def answer(asked: Asked) -> Answer:
        base, quote = asked.query["from_currency"], asked.query["to_currency"]
        moment = datetime.fromtimestamp(as_of_s, UTC)
        rate = {
            "1. From_Currency Code": base,
            "2. From_Currency Name": "Euro",
            "3. To_Currency Code": quote,
            "4. To_Currency Name": "United States Dollar",
            "5. Exchange Rate": "1.08461000",
            "6. Last Refreshed": f"{moment:%Y-%m-%d %H:%M:%S}",
            "7. Time Zone": "UTC",
            "8. Bid Price": bid,
            "9. Ask Price": "1.08466000",
        }
        return Answer(json.dumps({"Realtime Currency Exchange Rate": rate}))

    return answer


def finnhub(as_of_s: int = T0_S) -> Answering:
    def answer(asked: Asked) -> Answer:
        symbol = asked.query["symbol"].removeprefix("OANDA:").replace("_", "-")
        mid = MIDS.get(symbol)
        stated = (
            f'{{"c":{mid or 0},"d":0.001,"h":0,"l":0,"o":0,"pc":0,"t":{as_of_s if mid else 0}}}'
        )
        return Answer(stated)

    return answer


def fcs(as_of_s: int = T0_S) -> Answering:
    def answer(asked: Asked) -> Answer:
        names = asked.query["symbol"].split(",")
        prices = [
            {"s": name, "c": MIDS[name.replace("/", "-")], "t": str(as_of_s), "ch": "0", "cp": "0%"}
            for name in names
            if name.replace("/", "-") in MIDS
        ]
        body = {"status": True, "code": 200, "msg": "Successfully", "response": prices}
        return Answer(json.dumps(body | {"info": {"credit_count": 1}}))

    return answer


def fixer(as_of_s: int = T0_S) -> Answering:
    def answer(asked: Asked) -> Answer:
        del asked
        rates = '"USD":1.084612,"GBP":0.857031,"JPY":164.235041'
        stated = f'"success":true,"timestamp":{as_of_s},"base":"EUR","date":"2026-11-18"'
        return Answer(f'{{{stated},"rates":{{{rates}}}}}')

    return answer


def always(body: object, status: int = 200, **headers: str) -> Answering:
    text = body if isinstance(body, str) else json.dumps(body)
    stated = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: Answer(text, status, stated)
