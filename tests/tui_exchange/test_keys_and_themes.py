"""The tables and files that a user may change: actions, keymaps, themes."""

from pathlib import Path

import pytest

from tui_exchange.actions import ACTIONS, APP, BY_ID, DESK, LADDER, LISTS, RISK
from tui_exchange.app import TradingApp
from tui_exchange.keymaps import clashes, load_keymap, packaged_keymaps
from tui_exchange.panes.ladder import Ladder
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.log import Log
from tui_exchange.panes.risk import Risk
from tui_exchange.screens.trading import TradingScreen
from tui_exchange.theming import DEFAULT_THEME, ROLES, ThemeError, load_themes, parse_theme

PERFORMERS = {
    APP: (TradingApp,),
    DESK: (TradingScreen,),
    LADDER: (Ladder,),
    LISTS: (ListPane, Log),
    RISK: (Risk,),
}
UNRELIABLE = ("ctrl+enter", "ctrl+shift+", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "alt+")


def test_every_action_of_the_desk_has_somebody_who_performs_it() -> None:
    for action in (action for action in ACTIONS if action.scope in PERFORMERS):
        name = f"action_{action.call.partition('(')[0]}"
        performers = [c for c in PERFORMERS[action.scope] if hasattr(c, name)]
        assert performers, action.id


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("name", packaged_keymaps())
def test_packaged_keymaps_have_no_complaints_and_no_clashes(name: str) -> None:
    keymap = load_keymap(name)
    assert keymap.complaints == ()
    assert clashes(keymap.keys) == ()


@pytest.mark.parametrize("name", packaged_keymaps())
def test_no_action_depends_on_a_key_that_terminals_do_not_deliver(name: str) -> None:
    for action_id, keys in load_keymap(name).keys.items():
        every = keys.split(",")
        assert not all(key.startswith(UNRELIABLE) for key in every), action_id


def test_a_users_key_replaces_the_default(tmp_path: Path) -> None:
    file = tmp_path / "keymap.toml"
    file.write_text('[keys]\n"desk.buy" = "B"\n[keys.ladder]\ncentre = "?"\n')
    keymap = load_keymap("default", file)
    assert keymap.keys["desk.buy"] == "B"
    assert keymap.keys["ladder.centre"] == "c"
    assert len(keymap.complaints) == 1
    assert "app.help" in keymap.complaints[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[keys", "not valid TOML"),
        ('[keys]\n"desk.bye" = "y"', "did you mean 'desk.buy'?"),
        ('[keys]\n"desk.buy" = 7', "no key"),
        ("keys = 3", "must be a table"),
        ('[keys]\n"desk.buy" = "s"', "it is desk.sell already"),
    ],
)
def test_a_wrong_keymap_entry_is_named_and_left_out(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "keymap.toml"
    file.write_text(text)
    keymap = load_keymap("default", file)
    assert words in keymap.complaints[0]
    assert keymap.keys["desk.buy"] == "b"


def test_an_unknown_keymap_is_told_and_the_default_is_used() -> None:
    keymap = load_keymap("emacs")
    assert "Allowed: default, vim" in keymap.complaints[0]
    assert keymap.keys["desk.buy"] == "b"


def test_the_packaged_themes_are_complete() -> None:
    themes, complaints = load_themes()
    assert complaints == ()
    assert set(themes) >= {"dark", "light", "high-contrast", "colour-blind", "amber"}
    assert themes[DEFAULT_THEME].dark


@pytest.mark.parametrize("name", sorted(load_themes()[0]))
def test_text_can_be_read_on_every_background_it_stands_on(name: str) -> None:
    colors = load_themes()[0][name].colors
    for text in ("text", "bid", "ask", "own", "accent", "warning", "error", "armed", "muted"):
        assert contrast(colors[text], colors["background"]) >= 4, text
    for text, on in (("bid", "bid-bar"), ("ask", "ask-bar"), ("text", "cursor")):
        assert contrast(colors[text], colors[on]) >= 3.5, (text, on)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, as WCAG 2.1 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colors_toml(**changes: str) -> str:
    colors = dict.fromkeys(ROLES, "#102030") | changes
    lines = [f'{role} = "{color}"' for role, color in colors.items() if color]
    return "\n".join(["title = 'Mine'", "[colors]", *lines])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= 3", "not valid TOML"),
        ("title = 'x'", "no \\[colors\\] table"),
        (colors_toml(bid=""), "no colour for 'bid'"),
        (colors_toml(bid="green"), "write #rrggbb"),
        (colors_toml(asks="#000000"), "did you mean 'ask'"),
        ("tittle = 'x'", "did you mean 'title'"),
    ],
)
def test_a_broken_theme_is_refused_with_the_key_and_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(ThemeError, match=words):
        parse_theme("mine", text)


def test_a_users_broken_theme_is_named_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = 3")
    (tmp_path / "good.toml").write_text(colors_toml())
    themes, complaints = load_themes(tmp_path)
    assert "good" in themes
    assert "bad" not in themes
    assert len(complaints) == 1
    assert "bad.toml" in complaints[0]
