"""Labels and the scales they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja.words import Text

__all__ = ["LabelDef", "Scale"]


@dataclass(frozen=True, slots=True)
class LabelDef:
    """One label: its id, as data carries it, and its title, as the regulation spells it."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A set of labels (skala), such as the five predikat.

    Attributes:
        labels: Every label; where `ordered`, from the lowest to the highest.
        ordered: A later label is better than an earlier one.
    """

    labels: tuple[LabelDef, ...]
    ordered: bool

    def __post_init__(self) -> None:
        """Refuse an empty scale, and an id that stands twice."""
        if not self.labels:
            msg = "a scale needs at least one label"
            raise ValueError(msg)
        if len(set(self.ids)) != len(self.labels):
            msg = "a label stands twice on the scale"
            raise ValueError(msg)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order of the scale."""
        return tuple(label.id for label in self.labels)

    def title(self, label: str) -> Text:
        """Give the title of a label.

        Raises:
            KeyError: The label is not on this scale.
        """
        for known in self.labels:
            if known.id == label:
                return known.title
        raise KeyError(label)

    def find(self, text: str) -> str | None:
        """Find the id a text means: an id, or a title as it is declared; nothing is guessed."""
        for label in self.labels:
            if text == label.id:
                return label.id
        for label in self.labels:
            if text in (label.title.id, label.title.en):
                return label.id
        return None
