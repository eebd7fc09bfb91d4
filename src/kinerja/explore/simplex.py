"""Linear programs in exact arithmetic.

What lives here: a small simplex method over whole numbers with Bland's rule, which ends at the exact
optimum. What never comes in: what the numbers mean. It is made for some dozen rows; every cell is a whole
number over one common denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

__all__ = ["Program", "minimise"]


@dataclass(slots=True, kw_only=True)
class Program:
    """A tableau: what is basic, as numbers less a sum over what is not.

    Attributes:
        cells: Rows of the basic variables and, last, the objective; columns of the others and, last, the
            number itself.
        basic: Variable of each row; slack variables follow the named ones.
        free: Variable of each column.
        denominator: What every cell is divided by, above 0.
    """

    cells: list[list[int]]
    basic: list[int]
    free: list[int]
    denominator: int = 1

    def pivot(self, row: int, column: int) -> None:
        """Let a row's variable and a column's variable change places."""
        cells, old = self.cells, self.denominator
        chosen = cells[row]
        element = chosen[column]
        for i, line in enumerate(cells):
            if i != row:
                factor = line[column]
                # Whole-number pivoting (Edmonds 1967): the division leaves nothing over.
                cells[i] = [
                    (cell * element - factor * other) // old
                    for cell, other in zip(line, chosen, strict=True)
                ]
                cells[i][column] = -factor
        chosen[column] = old
        self.denominator = element
        if element < 0:
            self.cells = [[-cell for cell in line] for line in cells]
            self.denominator = -element
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    def climb(self) -> None:
        """Go to a point where the objective cannot be lower; by Bland's rule it never goes in circles."""
        while True:
            goal = self.cells[-1]
            ready = [
                (variable, place) for place, variable in enumerate(self.free) if goal[place] < 0
            ]
            if not ready:
                return
            _, column = min(ready)
            rows = [
                (Fraction(line[-1], line[column]), self.basic[row], row)
                for row, line in enumerate(self.cells[:-1])
                if line[column] > 0
            ]
            _, _, row = min(rows)
            self.pivot(row, column)

    def point(self, count: int) -> tuple[Fraction, ...]:
        """Give the values of the first variables."""
        values = dict.fromkeys(range(count), Fraction(0))
        for row, variable in enumerate(self.basic):
            if variable in values:
                values[variable] = Fraction(self.cells[row][-1], self.denominator)
        return tuple(values[variable] for variable in range(count))


def minimise(
    rows: Iterable[tuple[Sequence[Fraction], Fraction]], *, variables: int, slack: int
) -> Program:
    """Make one variable as small as it can be.

    Args:
        rows: Each a sum over the variables and the most that it may be.
        variables: Number of variables, none of which may be negative.
        slack: The variable to minimise. It stands with a negative factor in every row that all zeros
            break, so that some value of it makes all zeros fit.
    """
    cells: list[list[int]] = []
    for factors, most in rows:
        scale = lcm(most.denominator, *(factor.denominator for factor in factors))
        cells.append([int(part * scale) for part in (*factors, most)])
    count = len(cells)
    objective = [int(place == slack) for place in range(variables)]
    program = Program(
        cells=[*cells, [*objective, 0]],
        basic=list(range(variables, variables + count)),
        free=list(range(variables)),
    )
    broken = [
        (Fraction(line[-1], -line[slack]), row) for row, line in enumerate(cells) if line[-1] < 0
    ]
    if broken:
        # The row that asks for most of the slack; with it all others fit.
        _, row = min(broken)
        program.pivot(row, slack)
    program.climb()
    return program
