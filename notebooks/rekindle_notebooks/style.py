"""How plots look: one palette that prints in grey, units on axes, a sentence below that says what to see."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

#: Told apart by lightness as well as by hue, so that a print in grey stays readable.
COLOURS = ("#1b4965", "#e07a1f", "#5fa8d3", "#7a1f5c", "#8a9a5b", "#b8b8b8", "#f2cc8f")

plt.rcParams.update(
    {
        "figure.figsize": (9, 4.2),
        "figure.constrained_layout.use": True,
        "figure.dpi": 110,
        "axes.prop_cycle": plt.cycler(color=COLOURS),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#dddddd",
        "grid.linewidth": 0.6,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "legend.frameon": False,
        "font.size": 10,
    }
)


def label(axes: Axes, title: str, x: str, y: str) -> Axes:
    """Title, and axes with their units."""
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    return axes


def legend_outside(axes: Axes, title: str | None = None) -> None:
    """A legend to the right of the plot, where it hides nothing."""
    axes.legend(title=title, loc="center left", bbox_to_anchor=(1.01, 0.5))


def say(figure: Figure, sentence: str) -> None:
    """What to see, below the plot."""
    figure.supxlabel("\n".join(textwrap.wrap(sentence, 115)), fontsize=9, color="#444444", x=0.01, ha="left")


def short(address: str | None) -> str:
    """An address as one recognises it: ``0x1234…abcd``."""
    return "none" if address is None else f"{address[:6]}…{address[-4:]}"
