"""What may be known of a person or a sample beside lesions, orders and results; rules ask for it by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class About(StrEnum):
    """What a finding is about."""

    TAKEN = "taken"
    """Something is taken that no axis has an agent for."""
    STATE = "state"
    """An illness, a state, a wish."""
    ASSAY = "assay"
    """Something in the blood that disturbs an assay."""
    SAMPLE = "sample"
    """How one sample was taken."""


@dataclass(frozen=True)
class KnownFinding:
    """A finding that rules ask for.

    Attributes
    ----------
    id : str
    title : str
        In a line of the record; its first word tells it from the others, for choosing by typing.
    about : About
    disturbs : mapping of str to int
        Analytes whose assay it disturbs: 1 where it reads falsely high, -1 falsely low, 0 where either may be.
    source : str
        Of what it disturbs.
    told : bool
        Whether a person tells it; False where it follows from the record.
    """

    id: str
    title: str
    about: About
    disturbs: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    told: bool = True


_SANDWICH = ("tsh", "lh", "fsh", "prolactin", "pth", "acth", "gh", "igf1", "shbg")
_COMPETITIVE = (
    "ft4", "ft3", "tt4", "tt3", "testosterone", "estradiol", "progesterone", "cortisol", "cortisol_immunoassay",
)  # fmt: skip

_ALL = (
    KnownFinding(
        "absorption_blocker", "Calcium, iron, a proton-pump inhibitor or a binder near levothyroxine", About.TAKEN
    ),
    KnownFinding(
        "biotin", "Biotin", About.TAKEN,
        {**dict.fromkeys(_SANDWICH, -1), **dict.fromkeys(_COMPETITIVE, 1)},
        "Favresse 2018 [peers]: sandwich assays read low, competitive ones high; which assay is which as usual [mem]",
    ),
    KnownFinding("cyp3a4_inhibitor", "CYP3A4 inhibitor, strong, or cobicistat", About.TAKEN),
    KnownFinding("dopamine_antagonist", "Dopamine antagonist", About.TAKEN),
    KnownFinding(
        "enzyme_inducer", "Enzyme inducer (rifampicin, phenytoin, carbamazepine, phenobarbital)", About.TAKEN
    ),
    KnownFinding("immune_checkpoint_inhibitor", "Immune checkpoint inhibitor", About.TAKEN),
    KnownFinding("mitotane", "Mitotane", About.TAKEN),
    KnownFinding("opioids", "Opioids, long term", About.TAKEN),
    KnownFinding("diabetes", "Diabetes", About.STATE),
    KnownFinding("uncontrolled_diabetes", "Diabetes, uncontrolled", About.STATE),
    KnownFinding("liver_failure", "Liver failure", About.STATE),
    KnownFinding("low_albumin", "Low albumin or an acid-base disorder", About.STATE),
    KnownFinding("low_magnesium", "Magnesium deficiency", About.STATE),
    KnownFinding("malnutrition", "Malnutrition", About.STATE),
    KnownFinding("pregnancy", "Pregnancy", About.STATE),
    KnownFinding("sarcoidosis", "Sarcoidosis", About.STATE),
    KnownFinding("suspected_adrenal_insufficiency", "Adrenal insufficiency suspected", About.STATE),
    KnownFinding("wish_for_fertility", "Wish to have children", About.STATE),
    KnownFinding(
        "ft4_method_artefact", "Free T4 assay disturbed: heparin, altered albumin or anti-T4 antibodies", About.ASSAY,
        {"ft4": 0}, "Favresse 2018 [peers]",
    ),
    KnownFinding(
        "tsh_method_artefact", "Heterophile antibody or macro-TSH", About.ASSAY, {"tsh": 0}, "Favresse 2018 [peers]"
    ),
    KnownFinding("luteal_sample", "Luteal sample: seven days after ovulation", About.SAMPLE),
    KnownFinding("off_dose_sample", "Off-dose sample: 18–24 h after the last glucocorticoid", About.SAMPLE),
    KnownFinding("untimed_sample", "Sample whose clock time is not known", About.SAMPLE, told=False),
)  # fmt: skip
FINDINGS: dict[str, KnownFinding] = {entry.id: entry for entry in sorted(_ALL, key=lambda entry: entry.title)}
"""By id, in the order in which they are offered."""


def title_of(finding: str) -> str:
    """Return the title of a finding; the id itself where a newer program made it."""
    known = FINDINGS.get(finding)
    return known.title if known is not None else finding
