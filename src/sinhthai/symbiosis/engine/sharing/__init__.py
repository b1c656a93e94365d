"""Who gets how much of what an exchange brings: Shapley value, nucleolus, and whether it holds."""

from sinhthai.symbiosis.engine.sharing.agreements import (
    Agreement,
    AgreementSplit,
    Circle,
    PartnerShare,
    split_of_agreements,
)
from sinhthai.symbiosis.engine.sharing.game import Game, game_of_agreements, tabulate
from sinhthai.symbiosis.engine.sharing.shapley import (
    SampledSplit,
    sampled_shapley,
    shapley,
    shapley_of_agreements,
)
from sinhthai.symbiosis.engine.sharing.split import Departure, Split, fair_split, names_of
from sinhthai.symbiosis.engine.sharing.stability import (
    Stability,
    nucleolus,
    stability,
)

__all__ = [
    "Agreement",
    "AgreementSplit",
    "Circle",
    "Departure",
    "Game",
    "PartnerShare",
    "SampledSplit",
    "Split",
    "Stability",
    "fair_split",
    "game_of_agreements",
    "names_of",
    "nucleolus",
    "sampled_shapley",
    "shapley",
    "shapley_of_agreements",
    "split_of_agreements",
    "stability",
    "tabulate",
]
