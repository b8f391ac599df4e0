"""What the first version left on disk: its history schema, and commands of its input log.

Literally as it wrote them, so that no change of the program changes what old files are.
"""

from zlib import crc32

SCHEMA = """
CREATE TABLE instruments (symbol VARCHAR NOT NULL,
  venue VARCHAR NOT NULL,
  asset_class VARCHAR NOT NULL,
  base VARCHAR NOT NULL,
  quote VARCHAR NOT NULL,
  settlement VARCHAR NOT NULL,
  tick_size DECIMAL(38,12) NOT NULL,
  lot_size DECIMAL(38,12) NOT NULL,
  multiplier DECIMAL(38,12) NOT NULL,
  maker_fee_ppm INTEGER NOT NULL,
  taker_fee_ppm INTEGER NOT NULL,
  listed_seq BIGINT NOT NULL,
  listed_at TIMESTAMP_NS NOT NULL,
  PRIMARY KEY (symbol));
CREATE TABLE deposits (seq BIGINT NOT NULL,
  ts TIMESTAMP_NS NOT NULL,
  account VARCHAR NOT NULL,
  currency VARCHAR NOT NULL,
  amount DECIMAL(38,12) NOT NULL,
  balance DECIMAL(38,12) NOT NULL,
  PRIMARY KEY (seq));
CREATE TABLE orders (order_id BIGINT NOT NULL,
  account VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  side VARCHAR NOT NULL,
  order_type VARCHAR NOT NULL,
  time_in_force VARCHAR NOT NULL,
  post_only BOOLEAN NOT NULL,
  price DECIMAL(38,12),
  price_ticks BIGINT,
  size DECIMAL(38,12) NOT NULL,
  lots BIGINT NOT NULL,
  filled DECIMAL(38,12) NOT NULL,
  filled_lots BIGINT NOT NULL,
  filled_tick_lots DECIMAL(38,0) NOT NULL,
  average_price DECIMAL(38,12),
  fees DECIMAL(38,12) NOT NULL,
  state VARCHAR NOT NULL,
  cause VARCHAR,
  amendments INTEGER NOT NULL,
  client_id VARCHAR NOT NULL,
  tag VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  accepted_seq BIGINT NOT NULL,
  accepted_at TIMESTAMP_NS NOT NULL,
  ended_seq BIGINT,
  ended_at TIMESTAMP_NS,
  PRIMARY KEY (order_id));
CREATE TABLE order_events (seq BIGINT NOT NULL,
  n INTEGER NOT NULL,
  ts TIMESTAMP_NS NOT NULL,
  kind VARCHAR NOT NULL,
  account VARCHAR NOT NULL,
  symbol VARCHAR,
  order_id BIGINT,
  side VARCHAR,
  price DECIMAL(38,12),
  price_ticks BIGINT,
  size DECIMAL(38,12),
  lots BIGINT,
  open_lots BIGINT,
  trade_id BIGINT,
  liquidity VARCHAR,
  fee DECIMAL(38,12),
  reason VARCHAR,
  text VARCHAR,
  PRIMARY KEY (seq, n));
CREATE TABLE fills (seq BIGINT NOT NULL,
  n INTEGER NOT NULL,
  ts TIMESTAMP_NS NOT NULL,
  trade_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  account VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  side VARCHAR NOT NULL,
  price DECIMAL(38,12) NOT NULL,
  price_ticks BIGINT NOT NULL,
  size DECIMAL(38,12) NOT NULL,
  lots BIGINT NOT NULL,
  value DECIMAL(38,12) NOT NULL,
  fee DECIMAL(38,12) NOT NULL,
  liquidity VARCHAR NOT NULL,
  realised DECIMAL(38,12) NOT NULL,
  position DECIMAL(38,12) NOT NULL,
  position_lots BIGINT NOT NULL,
  position_id BIGINT NOT NULL,
  PRIMARY KEY (seq, n));
CREATE TABLE positions (position_id BIGINT NOT NULL,
  account VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  side VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  size DECIMAL(38,12) NOT NULL,
  lots BIGINT NOT NULL,
  max_size DECIMAL(38,12) NOT NULL,
  max_lots BIGINT NOT NULL,
  cost DECIMAL(38,12) NOT NULL,
  entry_lots BIGINT NOT NULL,
  entry_tick_lots DECIMAL(38,0) NOT NULL,
  entry_price DECIMAL(38,12) NOT NULL,
  exit_lots BIGINT NOT NULL,
  exit_tick_lots DECIMAL(38,0) NOT NULL,
  exit_price DECIMAL(38,12),
  realised DECIMAL(38,12) NOT NULL,
  fees DECIMAL(38,12) NOT NULL,
  fills INTEGER NOT NULL,
  lowest_ticks BIGINT NOT NULL,
  highest_ticks BIGINT NOT NULL,
  mae DECIMAL(38,12) NOT NULL,
  mfe DECIMAL(38,12) NOT NULL,
  tag VARCHAR NOT NULL,
  opened_seq BIGINT NOT NULL,
  opened_at TIMESTAMP_NS NOT NULL,
  closed_seq BIGINT,
  closed_at TIMESTAMP_NS,
  PRIMARY KEY (position_id));
CREATE TABLE equity (seq BIGINT NOT NULL,
  ts TIMESTAMP_NS NOT NULL,
  account VARCHAR NOT NULL,
  currency VARCHAR NOT NULL,
  equity DECIMAL(38,12),
  balance DECIMAL(38,12) NOT NULL,
  held DECIMAL(38,12) NOT NULL,
  assets DECIMAL(38,12),
  unrealised DECIMAL(38,12),
  deposited DECIMAL(38,12) NOT NULL,
  PRIMARY KEY (seq, account, currency));
CREATE TABLE notes (ts TIMESTAMP_NS NOT NULL,
  subject VARCHAR NOT NULL,
  subject_id BIGINT NOT NULL,
  text VARCHAR NOT NULL);
CREATE TABLE tags (ts TIMESTAMP_NS NOT NULL,
  subject VARCHAR NOT NULL,
  subject_id BIGINT NOT NULL,
  tag VARCHAR NOT NULL);
"""
SYMBOL_TERMS = (
    b'{"symbol":"BTC-USDT","venue":"simulated","asset_class":"spot","base":"BTC","quote":"USDT",'
    b'"settlement":"USDT","tick_size":"0.5","lot_size":"0.001","lots_min":1,'
    b'"lots_max":1000000000000000,"notional_min_quanta":0,"multiplier":"1","maker_fee_ppm":500,'
    b'"taker_fee_ppm":1000,"initial_margin_ppm":1000000}'
)

PAYLOADS = (
    b'{"type":"ListInstrument","instrument":' + SYMBOL_TERMS + b"}",
    b'{"type":"OpenAccount","account":"me"}',
    b'{"type":"Deposit","account":"me","currency":"USDT","amount_quanta":1000000000000000000}',
    b'{"type":"ConfigureMirror","symbol":"BTC-USDT","queue_model":"proportional",'
    b'"taken_hold_ns":5000000000}',
    b'{"type":"MirrorDepth","symbol":"BTC-USDT","bids":[[199,100]],"asks":[[201,100]],'
    b'"snapshot":true}',
    b'{"type":"PlaceOrder","account":"me","symbol":"BTC-USDT","side":"buy","order_type":"market",'
    b'"lots":60,"price_ticks":null,"time_in_force":"gtc","post_only":false,"client_id":"",'
    b'"tag":"test","note":""}',
    b'{"type":"PlaceOrder","account":"me","symbol":"BTC-USDT","side":"buy","order_type":"limit",'
    b'"lots":10,"price_ticks":195,"time_in_force":"gtc","post_only":true,"client_id":"mine",'
    b'"tag":"","note":""}',
    b'{"type":"AmendOrder","account":"me","order_id":2,"lots":5,"price_ticks":null}',
    b'{"type":"MirrorTrade","symbol":"BTC-USDT","side":"sell","price_ticks":199,"lots":1}',
    b'{"type":"CancelOrder","account":"me","order_id":2}',
    b'{"type":"CancelAll","account":"me","symbol":"BTC-USDT","side":null}',
    b'{"type":"Flatten","account":"me","symbol":null}',
    b'{"type":"MirrorDown","symbol":"BTC-USDT"}',
    b'{"type":"AdvanceTime"}',
)
"""A day's commands, one of each class."""


def segment_header(first_seq: int) -> bytes:
    """The start of a segment of format 1."""
    head = b"TUI-XLOG" + (1).to_bytes(4, "little") + first_seq.to_bytes(8, "little")
    return head + crc32(head).to_bytes(4, "little")
