"""The documented views of the history store."""

from engine.journal.schema import View

V_TRADES = View(
    name="v_trades",
    meaning="One row a round trip, from flat to flat, open ones included; newest last.",
    columns=(
        ("trade", "number of the round trip (positions.position_id)"),
        ("account", "whose"),
        ("symbol", "instrument"),
        ("side", "long or short"),
        ("state", "open or closed"),
        ("opened_at", "first fill, UTC"),
        ("closed_at", "last fill, UTC; empty while open"),
        ("holding", "from the first fill to the last; empty while open"),
        ("max_size", "largest quantity it had"),
        ("entry_price", "average of the fills that opened or added"),
        ("exit_price", "average of the fills that reduced or closed; empty before the first"),
        ("realised", "profit realised, before fees and funding"),
        ("fees", "paid, less rebates"),
        ("funding", "funding and borrow fees paid, less what was received"),
        ("net", "realised less fees and funding"),
        ("return_percent", "net in percent of entry price times largest quantity"),
        ("mae", "maximum adverse excursion, as in positions"),
        ("mfe", "maximum favourable excursion, likewise"),
        ("fills", "how many fills had a part in it"),
        ("tag", "label of the order that opened it"),
        ("tags", "labels given later, oldest first"),
        ("note", "latest note about it"),
        ("currency", "settlement currency, of all amounts"),
        ("closed_by", "what ended it, as in positions; empty while open"),
    ),
    select="""
    SELECT position_id, account, symbol, side, state, opened_at, closed_at,
      closed_at::TIMESTAMP - opened_at::TIMESTAMP,
      max_size, entry_price, exit_price, realised, fees, funding,
      (realised - fees - funding)::DECIMAL(38,12),
      round(100.0 * (realised - fees - funding)::DOUBLE
        / nullif(max_size::DOUBLE * multiplier::DOUBLE
          * CASE asset_class WHEN 'inverse' THEN 1 / nullif(entry_price::DOUBLE, 0)
            ELSE entry_price::DOUBLE END, 0), 4),
      mae, mfe,
      fills, tag,
      (SELECT list(t.tag ORDER BY t.ts) FROM tags t
        WHERE t.subject = 'trade' AND t.subject_id = position_id),
      (SELECT arg_max(n.text, n.ts) FROM notes n
        WHERE n.subject = 'trade' AND n.subject_id = position_id),
      settlement, closed_by
    FROM positions JOIN instruments USING (symbol) ORDER BY position_id""",
)

V_EQUITY = View(
    name="v_equity",
    meaning="The equity curve of each account and currency; points without a price left out.",
    columns=(
        ("account", "whose"),
        ("ts", "when, UTC"),
        ("equity", "worth"),
        ("profit", "equity less what was deposited"),
        ("peak_profit", "highest profit up to then, since the last reset"),
        ("drawdown", "peak profit less profit: 0 at a peak"),
        ("drawdown_percent", "drawdown in percent of deposits plus peak profit"),
        ("currency", "deposited currency, of all amounts"),
    ),
    select="""
    WITH curve AS (
      SELECT *, (equity - deposited)::DECIMAL(38,12) AS profit FROM equity WHERE equity IS NOT NULL
    ), peaks AS (
      SELECT *, greatest(0, max(profit) OVER so_far)::DECIMAL(38,12) AS peak FROM curve
      WINDOW so_far AS (PARTITION BY account, currency, resets ORDER BY seq)
    )
    SELECT account, ts, equity, profit, peak, (peak - profit)::DECIMAL(38,12),
      round(100.0 * (peak - profit)::DOUBLE / nullif((deposited + peak)::DOUBLE, 0), 4), currency
    FROM peaks ORDER BY account, currency, seq""",
)

V_DAILY = View(
    name="v_daily",
    meaning="One row an account, UTC day and currency on which it traded, was liquidated or paid.",
    columns=(
        ("account", "whose"),
        ("day", "UTC date"),
        ("currency", "settlement currency, of all amounts"),
        ("fills", "number of fills"),
        ("value", "traded: sum of price times quantity"),
        ("realised", "profit realised, before fees and funding"),
        ("fees", "paid, less rebates, liquidation fees included"),
        ("net", "realised less fees and funding"),
        ("trades", "round trips closed"),
        ("wins", "of those, with a net profit"),
        ("losses", "of those, with a net loss"),
        ("equity", "last known of the day; empty if this currency was never deposited"),
        ("funding", "funding and borrow fees paid, less what was received"),
    ),
    select="""
    WITH moves AS (
      SELECT account, symbol, ts, 1 AS fills, value, realised, fee, 0 AS paid FROM fills
      UNION ALL SELECT account, symbol, ts, 0, 0, realised, 0, 0 FROM closings
      UNION ALL SELECT account, symbol, ts, 0, 0, 0, fee, 0 FROM liquidations WHERE fee <> 0
      UNION ALL SELECT account, symbol, ts, 0, 0, 0, 0, paid FROM funding
    ), traded AS (
      SELECT account, m.ts::TIMESTAMP::DATE AS day, settlement AS currency,
        sum(fills)::BIGINT AS fills,
        sum(value)::DECIMAL(38,12) AS value, sum(realised)::DECIMAL(38,12) AS realised,
        sum(fee)::DECIMAL(38,12) AS fees, sum(paid)::DECIMAL(38,12) AS funding
      FROM moves m JOIN instruments USING (symbol) GROUP BY ALL
    ), closed AS (
      SELECT account, closed_at::TIMESTAMP::DATE AS day, settlement AS currency, count(*) AS trades,
        count(*) FILTER (WHERE realised > fees + funding) AS wins,
        count(*) FILTER (WHERE realised < fees + funding) AS losses
      FROM positions JOIN instruments USING (symbol) WHERE state = 'closed' GROUP BY ALL
    ), worth AS (
      SELECT account, ts::TIMESTAMP::DATE AS day, currency,
        arg_max(equity, seq) FILTER (WHERE equity IS NOT NULL) AS equity
      FROM equity GROUP BY ALL
    )
    SELECT account, day, currency, fills, value, realised, fees,
      (realised - fees - funding)::DECIMAL(38,12), coalesce(trades, 0), coalesce(wins, 0),
      coalesce(losses, 0), equity, funding
    FROM traded LEFT JOIN closed USING (account, day, currency)
      LEFT JOIN worth USING (account, day, currency)
    ORDER BY account, day, currency""",
)

V_ORDER_HISTORY = View(
    name="v_order_history",
    meaning="Every order event beside its order, in the order in which they happened.",
    columns=(
        ("seq", "command that caused it"),
        ("n", "place among that command's events"),
        ("ts", "when, UTC"),
        ("order_id", "order; empty for a rejected one"),
        ("account", "whose"),
        ("symbol", "instrument"),
        ("side", "buy or sell"),
        ("order_type", "its type; empty for an order refused at once"),
        ("kind", "what happened, as in order_events"),
        ("state", "the order's state afterwards; empty for refused commands"),
        ("price", "limit, or the price of a fill"),
        ("size", "whole, filled, shown, prevented or cancelled quantity"),
        ("open_size", "what is still to be filled afterwards, hidden included"),
        ("trigger", "price that fires it, from then on"),
        ("reached", "price that fired it, or that a trailing stop follows"),
        ("fee", "of a fill"),
        ("liquidity", "maker or taker, of a fill"),
        ("reason", "code of a refusal, cause of an end or of a new size, mode"),
        ("text", "a sentence, where the columns alone do not tell it"),
        ("other_id", "the order that it met, or is paired with"),
        ("command", "what was asked, or what else arrived when this came due"),
        ("tag", "label that the order was sent with"),
        ("state_now", "the order's state now"),
    ),
    select="""
    SELECT e.seq, e.n, e.ts, e.order_id, e.account, coalesce(e.symbol, o.symbol),
      coalesce(e.side, o.side), o.order_type, e.kind, e.state, e.price, e.size,
      (e.open_lots * i.lot_size)::DECIMAL(38,12), e.trigger, e.reached, e.fee, e.liquidity,
      e.reason, e.text, e.other_id, e.command, o.tag, o.state
    FROM order_events e LEFT JOIN orders o USING (order_id)
      LEFT JOIN instruments i ON i.symbol = coalesce(e.symbol, o.symbol)
    ORDER BY e.seq, e.n, e.part""",
)

V_ORDER_GROUPS = View(
    name="v_order_groups",
    meaning="Brackets, pairs, baskets and the exits of positions: one row an order of a group.",
    columns=(
        ("group_id", "entry of a bracket, number of a basket, else first order"),
        ("kind", "bracket, oco, basket or position"),
        ("order_id", "one of its orders"),
        ("role", "entry, take_profit, stop_loss, first, second or leg"),
        ("account", "whose"),
        ("symbol", "instrument"),
        ("side", "buy or sell"),
        ("order_type", "its type"),
        ("size", "whole quantity"),
        ("filled", "quantity filled so far"),
        ("price", "limit; empty for an order at market"),
        ("trigger", "price that fires it; empty for an order that does not wait"),
        ("state", "its state now"),
        ("cause", "why it ended; empty while it lives"),
        ("trade", "round trip that it belongs to"),
        ("share_ppm", "of a basket: how much of each leg trades"),
    ),
    select="""
    SELECT o.group_id, o.group_kind, o.order_id, o.role, o.account, o.symbol, o.side, o.order_type,
      o.size, o.filled, o.price, o.trigger, o.state, o.cause, o.position_id, b.share_ppm
    FROM orders o LEFT JOIN venue_events b ON b.kind = 'basket' AND b.group_id = o.group_id
      AND o.group_kind = 'basket'
    WHERE o.group_id IS NOT NULL ORDER BY o.group_id, o.order_id""",
)

VIEWS = (V_TRADES, V_EQUITY, V_DAILY, V_ORDER_HISTORY, V_ORDER_GROUPS)
