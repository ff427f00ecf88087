"""How likely something is, from what is known of it: logistic models whose weights are data (`chances.toml`).

Each model is a sum of weights of yes-or-no features, fitted with L2 regularisation on annotated news (`kg.training.chances`, which tells
data, command and scores). What is no feature of a model counts nothing.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; `enough`: the chance from which on something is kept."""

    bias: float
    enough: float
    weights: Mapping[str, float]

    def chance(self, features: Iterable[str]) -> float:
        """Between 0 and 1.

        >>> round(Model(0.0, 0.5, {"subject": 2.0}).chance(["subject", "unknown"]), 2)
        0.88
        """
        return 1 / (1 + math.exp(-self.bias - sum(self.weights.get(feature, 0.0) for feature in features)))


@cache
def model(name: str) -> Model:
    """The model of this name in `chances.toml`."""
    table = tomllib.loads(resources.files("kg.stance").joinpath("chances.toml").read_text(encoding="utf8"))[name]
    return Model(table["bias"], table["enough"], table["weights"])
