"""Cases of family `04-permenpanrb-6-2022-se-3-2023`: PermenPANRB 6/2022 and SE MenPANRB 3/2023.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from running import Runners, load, title


def kuadran(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "hasil_kerja": inputs["rating_hasil_kerja"],
        "perilaku_kerja": inputs["rating_perilaku_kerja"],
    }
    label = load("kuadran-6-2022").score(record)["predikat"]
    return {"predikat": title("kuadran-6-2022", "predikat", label)}


RUNNERS: Runners = {
    "kuadran": kuadran,
}
